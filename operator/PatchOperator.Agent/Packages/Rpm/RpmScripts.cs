using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>
/// Scripts of packages that have failed: rpm says so and goes on, and the package counts as installed unless the script came before its files.
/// </summary>
internal static partial class RpmScripts
{
    /// <summary>In words, as in <c>%post of foot-1.0-1.noarch (exit status 3)</c>, each once.</summary>
    /// <param name="log">What rpm, or the program in front of it, has said in the C locale.</param>
    public static IReadOnlyList<string> Failed(string log) =>
        [.. FailedLine().Matches(log).Select(Describe).Distinct()];

    private static string Describe(Match match) =>
        $"{match.Groups["script"].Value} of {Shorten(match.Groups["package"].Value)} ({match.Groups["how"].Value.Trim()})";

    /// <summary>An epoch of 0 is none.</summary>
    private static string Shorten(string package) => package.Replace("-0:", "-", StringComparison.Ordinal);

    [GeneratedRegex(@"(?:warning: |error: |\[RPM\] )(?<script>%[a-z]+)\((?<package>[^()\s]+)\) (?:scriptlet )?failed, (?<how>[^\r\n]+)")]
    private static partial Regex FailedLine();
}
