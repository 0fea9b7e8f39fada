using System.Text.RegularExpressions;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Rpm;

namespace PatchOperator.Agent.Packages.Dnf5;

/// <summary>
/// The table in which dnf 5 says what it would do: headings, packages below them, and below each what it replaces. It has no other form of it that comes before
/// the download.
/// </summary>
internal static partial class Dnf5Table
{
    private const string End = "Transaction Summary:";

    private static readonly string[] Arriving = ["Installing", "Upgrading", "Downgrading", "Reinstalling"];

    /// <summary>Whether dnf has found a way, be it to do nothing.</summary>
    public static bool IsResolved(CommandResult result) => result.Succeeded || result.Output.Contains(End, StringComparison.Ordinal);

    /// <param name="output">What a simulation prints.</param>
    /// <param name="native">The host's architecture.</param>
    public static DnfTransaction Parse(string output, string native)
    {
        List<DnfTransaction.Item> installs = [], obsoleted = [], removals = [], upgraded = [];
        var heading = "";
        foreach (var line in output.Split('\n').TakeWhile(line => !line.StartsWith(End, StringComparison.Ordinal)))
        {
            if (Heading().Match(line) is { Success: true } match)
                heading = match.Groups["verb"].Value;
            else if (PackageLine().Match(line) is not { Success: true } package)
                continue;
            else if (Arriving.Contains(heading) && package.Groups["replacing"].Success)
                (ToItem(package, native) is var gone && gone.Name == installs.LastOrDefault()?.Name ? upgraded : obsoleted).Add(gone);
            else if (Arriving.Contains(heading))
                installs.Add(ToItem(package, native));
            else if (heading == "Removing")
                removals.Add(ToItem(package, native));
        }

        return new DnfTransaction(installs, obsoleted, removals, upgraded);
    }

    private static DnfTransaction.Item ToItem(Match match, string native) => new(
        RpmDatabase.QualifiedName(match.Groups["name"].Value, match.Groups["arch"].Value, native),
        RpmDatabase.Evr(match.Groups["epoch"].Value, match.Groups["version"].Value, match.Groups["release"].Value));

    /// <summary>Such as <c>Installing weak dependencies:</c>; what is skipped and what only changes its reason stands below others.</summary>
    [GeneratedRegex(@"^(?<verb>[A-Z][a-z]+)( [a-z/ ]+)?:\r?$")]
    private static partial Regex Heading();

    [GeneratedRegex(
        @"^ (?<replacing>  replacing )?(?<name>\S+) +(?<arch>\S+) +((?<epoch>\d+):)?(?<version>[^\s:-]+)-(?<release>[^\s-]+)( +\S+)? +[\d.]+ +[A-Za-z]+\r?$")]
    private static partial Regex PackageLine();
}
