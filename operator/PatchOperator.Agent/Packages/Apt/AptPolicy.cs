using System.Globalization;
using System.Text.RegularExpressions;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>What apt knows of one package: <c>apt-cache policy NAME…</c>.</summary>
/// <param name="Installed">The installed version; empty when there is none.</param>
/// <param name="Candidate">What apt would install; empty when there is none.</param>
/// <param name="Versions">All versions it knows.</param>
internal sealed partial record AptPolicy(string Installed, string Candidate, IReadOnlyDictionary<string, AptVersion> Versions)
{
    /// <summary>Whether an archive offers this version, rather than only the host's own list of what it has.</summary>
    public bool IsOffered(string version) => Versions.TryGetValue(version, out var found) && found.IsOffered;

    /// <summary>See <see cref="AptVersion.IsLocal"/>.</summary>
    public bool IsLocal(string version) => Versions.TryGetValue(version, out var found) && found.IsLocal;

    /// <summary>What is offered where a version was planned. A candidate that is not an update of what is installed is none.</summary>
    public PackageOffer OfferFor(string planned) => new(
        IsOffered(planned), IsOffered(Candidate) && (Installed.Length == 0 || DebianVersions.Order.Compare(Candidate, Installed) >= 0) ? Candidate : null);

    /// <summary>Whether the version that is installed is what apt would have, and no archive offers one above it.</summary>
    public bool IsSettled => Installed.Length > 0 && Candidate == Installed && !OffersNewer(Installed);

    /// <summary>Whether an archive offers a version above this one.</summary>
    public bool OffersNewer(string version) => Versions.Keys.Any(other => IsOffered(other) && DebianVersions.Order.Compare(other, version) > 0);

    /// <summary>For a person: the versions that archives offer.</summary>
    public string OfferedVersions => string.Join(", ", Versions.Keys.Where(IsOffered)) is { Length: > 0 } offered ? offered : "none";

    /// <summary>Reads the tables of any number of packages, by name as it was asked for.</summary>
    public static IReadOnlyDictionary<string, AptPolicy> ParseAll(string output)
    {
        var packages = new Dictionary<string, AptPolicy>();
        var block = new List<string>();
        foreach (var line in output.Split('\n').Reverse())
        {
            if (line.Length > 1 && !line.StartsWith(' ') && line.EndsWith(':'))
            {
                block.Reverse();
                packages[line[..^1]] = Parse(block);
                block.Clear();
            }
            else
                block.Add(line);
        }

        return packages;
    }

    private static AptPolicy Parse(List<string> lines)
    {
        var versions = new Dictionary<string, AptVersion>();
        var indexes = new Dictionary<string, int>();
        foreach (var line in lines)
        {
            if (IndexLine().Match(line) is { Success: true } index)
                indexes[index.Groups["index"].Value] = Priority(index);
            else if (VersionLine().Match(line) is { Success: true } version)
                versions[version.Groups["version"].Value] = new AptVersion(Priority(version), indexes = [], version.Groups["phased"].Success);
        }

        return new AptPolicy(Value(lines, "Installed"), Value(lines, "Candidate"), versions);
    }

    private static int Priority(Match match) => int.Parse(match.Groups["priority"].Value, CultureInfo.InvariantCulture);

    private static string Value(List<string> lines, string field) =>
        lines.Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith(field + ": ", StringComparison.Ordinal)) is { } line
        && line[(field.Length + 2)..] is var value and not "(none)"
            ? value
            : "";

    [GeneratedRegex(@"^( \*\*\* |     )(?<version>[^\s]+) (?<priority>-?[0-9]{1,9})\b(?<phased> \(phased )?")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^ {7,}(?<priority>-?[0-9]{1,9}) (?<index>\S.*)$")]
    private static partial Regex IndexLine();
}
