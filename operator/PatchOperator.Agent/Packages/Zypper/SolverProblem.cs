using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>Why zypper's solver finds no way.</summary>
/// <param name="Text">In its own words, such as <c>nothing provides lib >= 3 needed by app-1.1-1.noarch</c>.</param>
/// <param name="Removals">The names of what would have to go.</param>
/// <param name="Locked">The names of what a lock of zypper's keeps as it is.</param>
internal sealed partial record SolverProblem(string Text, IReadOnlyList<string> Removals, IReadOnlyList<string> Locked)
{
    /// <summary>Reads the question that zypper asks: the problem, then the solutions it proposes.</summary>
    public static SolverProblem Parse(string description)
    {
        var solutions = FirstSolution().Match(description);
        var problem = solutions.Success ? description[..solutions.Index] : description;
        return new SolverProblem(ZypperMessages.OnOneLine(Prefix().Replace(problem, "")), Names(Deinstallation(), description), Names(Lock(), description));
    }

    private static List<string> Names(Regex pattern, string description) =>
        [.. pattern.Matches(description).Select(match => match.Groups["name"].Value).Distinct()];

    [GeneratedRegex(@"^[ \t]*Solution 1: ", RegexOptions.Multiline)]
    private static partial Regex FirstSolution();

    [GeneratedRegex(@"^[ \t]*Problem: ([0-9]+: )?", RegexOptions.Multiline)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\bdeinstallation of (?<name>\S+)-[^-\s]+-[^-\s]+$", RegexOptions.Multiline)]
    private static partial Regex Deinstallation();

    [GeneratedRegex(@"\bremove lock to allow (installation|removal) of (?<name>\S+)-[^-\s]+-[^-\s]+$", RegexOptions.Multiline)]
    private static partial Regex Lock();
}
