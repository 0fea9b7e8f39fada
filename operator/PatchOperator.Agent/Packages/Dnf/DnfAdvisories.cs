using System.Text.RegularExpressions;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>What the makers of packages say of those that are newer than the installed ones: updateinfo.</summary>
internal sealed partial class DnfAdvisories
{
    private readonly ILookup<string, Fix> fixes;
    private readonly IReadOnlyDictionary<string, Advisory> advisories;

    private DnfAdvisories(ILookup<string, Fix> fixes, IReadOnlyDictionary<string, Advisory> advisories) => (this.fixes, this.advisories) = (fixes, advisories);

    /// <param name="fixes">Which advisory is mended by which package.</param>
    /// <param name="told">What each is about; two repositories may tell of one.</param>
    public static DnfAdvisories Of(IEnumerable<Fix> fixes, IEnumerable<Advisory> told) => new(
        fixes.ToLookup(fix => fix.Package),
        told.Where(advisory => advisory.Id.Length > 0).GroupBy(advisory => advisory.Id).ToDictionary(group => group.Key, Merge));

    /// <param name="list">What <c>dnf updateinfo list</c> prints: which advisory is mended by which package.</param>
    /// <param name="info">What <c>dnf updateinfo info</c> prints: what each is about.</param>
    /// <param name="native">The host's architecture.</param>
    public static DnfAdvisories Parse(string list, string info, string native) =>
        Of(FixLine().Matches(list).Select(match => ToFix(match, native)).OfType<Fix>(), Blocks(info));

    /// <summary>All that these updates settle, in the order of IDs.</summary>
    public IReadOnlyList<Advisory> Of(IEnumerable<PendingUpdate> updates) =>
        [.. updates.SelectMany(update => update.Advisories ?? []).Distinct().Order(StringComparer.Ordinal).Select(Describe)];

    /// <summary>The update with what it settles: all that mends a version above the installed one, up to the candidate.</summary>
    public PendingUpdate Apply(PendingUpdate update)
    {
        var settled = fixes[update.Name].Where(fix => IsAbove(fix.Version, update.Installed) && !IsAbove(fix.Version, update.Candidate)).ToList();
        return settled.Count == 0 ? update : update with
        {
            Security = update.Security || settled.Any(fix => fix.Security),
            Severity = settled.Max(fix => fix.Severity),
            Advisories = [.. settled.Select(fix => fix.Id).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The versions of a package that mend a defect of security.</summary>
    public IEnumerable<string> SecurityVersions(string name) => fixes[name].Where(fix => fix.Security).Select(fix => fix.Version);

    private static bool IsAbove(string version, string other) => RpmVersions.Order.Compare(version, other) > 0;

    private static Fix? ToFix(Match match, string native)
    {
        var kind = match.Groups["kind"].Value;
        var security = kind.EndsWith("/Sec.", StringComparison.Ordinal);
        return Fix.Of(match.Groups["id"].Value, match.Groups["nevra"].Value, native, security, security ? kind.Split('/')[0] : "");
    }

    /// <summary>A block has its title between two lines of equal signs; then fields, whose further lines begin with a colon.</summary>
    private static IEnumerable<Advisory> Blocks(string info)
    {
        foreach (var block in Rule().Split(info))
        {
            var (id, severity, cves, field) = ("", (Severity?)null, new List<string>(), "");
            foreach (Match line in FieldLine().Matches(block))
            {
                field = line.Groups["key"].Value is { Length: > 0 } key ? key : field;
                var value = line.Groups["value"].Value.Trim();
                (id, severity) = field switch { "Update ID" => (value, severity), "Severity" => (id, RpmSeverity.Parse(value)), _ => (id, severity) };
                if (field == "CVEs")
                    cves.Add(value);
            }

            yield return new Advisory(id, severity, cves);
        }
    }

    /// <summary>Two repositories may tell of one.</summary>
    private static Advisory Merge(IEnumerable<Advisory> told) => told.Aggregate((one, other) => new Advisory(
        one.Id, one.Severity is null || other.Severity > one.Severity ? other.Severity : one.Severity, [.. one.Cves.Union(other.Cves)]));

    private Advisory Describe(string id) => advisories.GetValueOrDefault(id) ?? new Advisory(id, null, []);

    [GeneratedRegex(@"^(?<id>\S+) +(?<kind>\S+) +(?<nevra>\S+) *$", RegexOptions.Multiline)]
    private static partial Regex FixLine();

    [GeneratedRegex(@"^={70,}$", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^ *(?<key>[A-Z][A-Za-z ]*)?: ?(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex FieldLine();

    /// <param name="Id">Of the advisory.</param>
    /// <param name="Package">The package, as it is shown.</param>
    /// <param name="Version">The version that mends it.</param>
    /// <param name="Security">Whether it is about security.</param>
    /// <param name="Severity">How bad it is.</param>
    internal sealed record Fix(string Id, string Package, string Version, bool Security, Severity? Severity)
    {
        /// <summary>Null where nobody can read which package it is.</summary>
        public static Fix? Of(string id, string nevra, string native, bool security, string severity) => RpmNames.Split(nevra, native) is { } package
            ? new Fix(id, package.Name, package.Version, security, security ? RpmSeverity.Parse(severity) : null)
            : null;
    }
}
