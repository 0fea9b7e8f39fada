using System.Globalization;
using System.Xml.Linq;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>What zypper would do.</summary>
/// <param name="Installs">What comes.</param>
/// <param name="Removals">The names of what goes, and is not replaced by another version of itself.</param>
/// <param name="OtherVendors">The names of what would be another vendor's than before.</param>
/// <param name="DownloadBytes">How much would be downloaded.</param>
/// <param name="GrowthBytes">How much more it takes on disk; negative where it is less.</param>
internal sealed record ZypperSummary(
    IReadOnlyList<ZypperSummary.Install> Installs, IReadOnlyList<string> Removals, IReadOnlyList<string> OtherVendors, long DownloadBytes, long GrowthBytes)
{
    private static readonly string[] Coming = ["to-install", "to-upgrade", "to-downgrade", "to-reinstall", "to-change-arch", "to-change-vendor"];

    /// <summary>A package that comes.</summary>
    /// <param name="Name">Its name; a foreign architecture is part of it.</param>
    /// <param name="From">The version that it replaces; empty where there is none.</param>
    /// <param name="To">Its version.</param>
    internal sealed record Install(string Name, string From, string To);

    public static ZypperSummary Nothing { get; } = new([], [], [], 0, 0);

    /// <summary>The version at which each comes, the newest of several.</summary>
    public IReadOnlyDictionary<string, string> Versions =>
        Installs.GroupBy(install => install.Name).ToDictionary(group => group.Key, group => group.Select(install => install.To).Max(RpmVersions.Order)!);

    /// <param name="stream">Of an answer: without a summary in it there is nothing to do.</param>
    /// <param name="native">The host's own architecture.</param>
    public static ZypperSummary Parse(XElement stream, string native)
    {
        if (stream.Element("install-summary") is not { } summary)
            return Nothing;
        // What changes its architecture or vendor is listed twice.
        var installs = Coming.SelectMany(section => Packages(summary, section)).Select(package => ToInstall(package, native)).Distinct().ToList();
        return new ZypperSummary(
            installs,
            [.. Packages(summary, "to-remove").Select(package => NameOf(package, native)).Except(installs.Select(install => install.Name))],
            [.. Packages(summary, "to-change-vendor").Select(package => NameOf(package, native)).Distinct()],
            Bytes(summary, "download-size"),
            Bytes(summary, "space-usage-diff"));
    }

    public static string NameOf(XElement solvable, string native) =>
        RpmDatabase.QualifiedName(Value(solvable, "name"), Value(solvable, "arch"), native);

    public static string Value(XElement element, string attribute) => (string?)element.Attribute(attribute) ?? "";

    /// <summary>Patterns, products and patches come and go as well, but are nothing that is installed.</summary>
    private static IEnumerable<XElement> Packages(XElement summary, string section) =>
        summary.Elements(section).Elements("solvable").Where(solvable => Value(solvable, "type") == "package");

    private static Install ToInstall(XElement solvable, string native) =>
        new(NameOf(solvable, native), Value(solvable, "edition-old"), Value(solvable, "edition"));

    private static long Bytes(XElement summary, string attribute) =>
        long.TryParse(Value(summary, attribute), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
}
