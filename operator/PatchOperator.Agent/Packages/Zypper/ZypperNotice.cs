using System.Xml;
using System.Xml.Linq;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>A notice of a repository's updateinfo, which zypper calls a patch, and the packages that mend what it is about.</summary>
/// <param name="Advisory">What it says.</param>
/// <param name="Security">Whether it is about security.</param>
/// <param name="Packages">Names and versions; a foreign architecture is part of the name.</param>
internal sealed record ZypperNotice(Advisory Advisory, bool Security, IReadOnlyList<ApprovedUpdate> Packages)
{
    // What came over a network may say anything, but nothing that makes the reader fetch more.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    /// <summary>Those of a file that any of the packages wanted settles. The file may be large: it is never there as a whole.</summary>
    /// <param name="updateinfo">The file, not compressed.</param>
    /// <param name="native">The host's own architecture.</param>
    /// <param name="wanted">Whether a package of this name matters.</param>
    /// <exception cref="XmlException">It is not XML.</exception>
    public static IReadOnlyList<ZypperNotice> Read(TextReader updateinfo, string native, Func<string, bool> wanted)
    {
        var notices = new List<ZypperNotice>();
        using var reader = XmlReader.Create(updateinfo, Settings);
        reader.MoveToContent();
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType != XmlNodeType.Element)
                reader.Read();
            else if (XNode.ReadFrom(reader) is XElement { Name.LocalName: "update" } update && Parse(update, native, wanted) is { Packages.Count: > 0 } notice)
                notices.Add(notice);
        }
        return notices;
    }

    private static ZypperNotice Parse(XElement update, string native, Func<string, bool> wanted) => new(
        new Advisory(
            update.Element("id")?.Value.Trim() ?? "",
            RpmSeverity.Parse(update.Element("severity")?.Value.Trim() ?? ""),
            [
                .. update.Descendants("reference").Where(reference => ZypperSummary.Value(reference, "type") == "cve")
                    .Select(reference => ZypperSummary.Value(reference, "id")).Distinct().Order(StringComparer.Ordinal),
            ]),
        ZypperSummary.Value(update, "type") == "security",
        [.. update.Descendants("package").Select(package => Package(package, native)).Where(package => wanted(package.Name)).Distinct()]);

    private static ApprovedUpdate Package(XElement package, string native) => new(
        ZypperSummary.NameOf(package, native),
        RpmDatabase.Evr(ZypperSummary.Value(package, "epoch"), ZypperSummary.Value(package, "version"), ZypperSummary.Value(package, "release")));
}
