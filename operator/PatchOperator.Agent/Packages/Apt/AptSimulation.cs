using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>What <c>apt-get -s</c> says it would do.</summary>
/// <param name="Installs">Packages it would install or upgrade.</param>
/// <param name="Removals">Names of packages it would remove.</param>
/// <param name="Phased">Names of packages whose upgrade their maker gives to some hosts first, and not yet to this one.</param>
internal sealed partial record AptSimulation(IReadOnlyList<AptSimulation.Install> Installs, IReadOnlyList<string> Removals, IReadOnlyList<string> Phased)
{
    private const string PhasedHeading = "The following upgrades have been deferred due to phasing:";

    public static AptSimulation Nothing { get; } = new([], [], []);

    /// <param name="Name">The package.</param>
    /// <param name="From">The installed version; empty when it is new.</param>
    /// <param name="To">The version it would install.</param>
    internal sealed record Install(string Name, string From, string To);

    public static AptSimulation Parse(string output)
    {
        var lines = output.Split('\n');
        return new AptSimulation(
            [.. lines.Select(line => InstallLine().Match(line)).Where(match => match.Success).Select(ToInstall).DistinctBy(install => install.Name)],
            [.. lines.Select(line => RemoveLine().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value)],
            [.. ReadPhased(lines)]);
    }

    private static Install ToInstall(Match match) => new(match.Groups["name"].Value, match.Groups["from"].Value, match.Groups["to"].Value);

    /// <summary>The names stand on indented lines below the heading.</summary>
    private static IEnumerable<string> ReadPhased(string[] lines) =>
        lines
            .SkipWhile(line => line != PhasedHeading)
            .Skip(1)
            .TakeWhile(line => line.StartsWith(' '))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^Inst (?<name>\S+) (\[(?<from>[^\]]*)\] )?\((?<to>\S+)[ )]")]
    private static partial Regex InstallLine();

    [GeneratedRegex(@"^(Remv|Purg) (?<name>\S+)")]
    private static partial Regex RemoveLine();
}
