using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>What an administrator has locked: <c>dnf versionlock list</c>. Entries with an exclamation mark exclude a version and hold nothing.</summary>
internal sealed partial class VersionLocks
{
    private readonly IReadOnlyList<string> names;

    /// <param name="names">Of packages, patterns among them.</param>
    public VersionLocks(IReadOnlyList<string> names) => this.names = names;

    /// <summary>Entries are names, patterns among them, mostly with epoch, version, release and architecture behind.</summary>
    public static VersionLocks Parse(string output) =>
        new(
        [
            .. output.Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.Length > 0 && line[0] is not ('!' or '#') && !line.Contains(' ', StringComparison.Ordinal))
                .Select(entry => Entry().Match(entry) is { Success: true } match ? match.Groups["name"].Value : entry),
        ]);

    /// <param name="package">A package's name without architecture.</param>
    public bool Hold(string package) => names.Any(name => FileSystemName.MatchesSimpleExpression(name, package, ignoreCase: false));

    [GeneratedRegex(@"\A(?<name>.+)-((\d+|\*):)?[0-9*][^-]*-[^-]+\z")]
    private static partial Regex Entry();
}
