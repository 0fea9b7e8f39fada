using System.Globalization;
using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Reads what apt-get lists, with versions, before it does anything: what a simulation tells as well, after twice the time.</summary>
internal static partial class AptListing
{
    /// <returns>Null where the lists are not all that apt counts: what is missing in them, a simulation names.</returns>
    public static AptSimulation? Parse(string output)
    {
        var lines = output.Split('\n');
        var changed = Items(lines, "The following packages will be upgraded:").Concat(Items(lines, "The following packages will be DOWNGRADED:")).ToList();
        var fresh = Items(lines, "The following NEW packages will be installed:").ToList();
        var removals = Items(lines, "The following packages will be REMOVED:").ToList();
        return lines.Select(line => Sum().Match(line)).FirstOrDefault(match => match.Success) is { } sum
            && (changed.Count, fresh.Count, removals.Count) == (Count(sum, "changed"), Count(sum, "fresh"), Count(sum, "removed"))
            && Count(sum, "again") == 0 && changed.All(install => install.From.Length > 0)
            ? new AptSimulation([.. changed, .. fresh], [.. removals.Select(install => install.Name.TrimEnd('*'))], Phased: [])
            : null;
    }

    private static IEnumerable<AptSimulation.Install> Items(string[] lines, string heading) =>
        lines.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => line.StartsWith(' '))
            .Select(line => Item().Match(line)).Where(match => match.Success)
            .Select(match => new AptSimulation.Install(match.Groups["name"].Value, match.Groups["from"].Value, match.Groups["to"].Value));

    private static int Count(Match sum, string what) => sum.Groups[what].Captures.Sum(count => int.Parse(count.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^ +(?<name>\S+) \(((?<from>\S+) => )?(?<to>\S+)\)$")]
    private static partial Regex Item();

    [GeneratedRegex(
        @"^(?<changed>[0-9]{1,9}) upgraded, (?<fresh>[0-9]{1,9}) newly installed, ((?<again>[0-9]{1,9}) reinstalled, )?((?<changed>[0-9]{1,9}) downgraded, )?"
        + @"(?<removed>[0-9]{1,9}) to remove and [0-9]+ not upgraded\.$")]
    private static partial Regex Sum();
}
