using System.Text.RegularExpressions;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>What dnf says it would do.</summary>
/// <param name="Installs">What it would install, new, newer or again.</param>
/// <param name="Replaced">What would go because a package that is installed says that it takes its place.</param>
/// <param name="Removals">What would go for any other reason.</param>
/// <param name="Upgraded">What would go as another version of it comes.</param>
internal sealed partial record DnfTransaction(
    IReadOnlyList<DnfTransaction.Item> Installs, IReadOnlyList<DnfTransaction.Item> Replaced, IReadOnlyList<DnfTransaction.Item> Removals,
        IReadOnlyList<DnfTransaction.Item> Upgraded)
{
    private static readonly string[] Arriving = ["installed", "an upgrade", "a downgrade", "reinstalled", "obsoleting"];

    public static DnfTransaction Nothing { get; } = new([], [], [], []);

    /// <summary>What is there now and would not be, for whatever reason.</summary>
    public IEnumerable<Item> Leaving => [.. Upgraded, .. Replaced, .. Removals];

    /// <param name="Name">The package, as it is shown.</param>
    /// <param name="Version">Its version, new or old.</param>
    internal sealed record Item(string Name, string Version);

    /// <summary>Whether dnf has found a way; where it has one, it says that nobody wants it.</summary>
    public static bool IsResolved(CommandResult result) => result.Succeeded || result.Errors.Contains("Operation aborted.", StringComparison.Ordinal);

    /// <param name="output">What a simulation prints.</param>
    /// <param name="native">The host's architecture.</param>
    public static DnfTransaction Parse(string output, string native)
    {
        var lines = PackageLine().Matches(output).ToLookup(match => match.Groups["fate"].Value, match => ToItem(match, native));
        return new DnfTransaction(
            [.. Arriving.SelectMany(fate => lines[fate])],
            [.. lines["obsoleted"]],
            [.. lines["erased"]],
            [.. lines["upgraded"]]);
    }

    private static Item ToItem(Match match, string native) =>
        new(RpmDatabase.QualifiedName(match.Groups["name"].Value, match.Groups["arch"].Value, native), match.Groups["version"].Value);

    [GeneratedRegex(@"^---> Package (?<name>\S+)\.(?<arch>[^\s.]+) (?<version>\S+) will be (?<fate>[a-z ]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex PackageLine();
}
