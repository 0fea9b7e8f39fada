using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages;

/// <summary>
/// Configuration files that somebody has changed, that a package wanted to replace, and that stayed: dpkg and rpm say so, in the C locale (dnf 5 marks what rpm
/// has said in a way of its own), and leave the package's own beside as <c>.dpkg-dist</c> or <c>.rpmnew</c>. Where a package insists, rpm keeps what was there
/// as <c>.rpmsave</c>.
/// </summary>
internal static partial class KeptConfiguration
{
    private const int Most = 100;

    /// <param name="log">What a package manager has said.</param>
    /// <returns>Where each is, once.</returns>
    public static IReadOnlyList<string> Of(string log) =>
        [.. Kept().Matches(log).Select(match => match.Groups["path"].Value).Distinct().Order(StringComparer.Ordinal).Take(Most)];

    [GeneratedRegex(
        @"^Configuration file '(?<path>/[^'\n]+)'\r?\n( ==> [^\n]*\n|     [^\n]*\n)*?"
        + @" ==> (Keeping old config file as default|Using current old file as you requested)\."
        + @"|(warning:|\[RPM\]) ((?<path>/[^\n]+) created as [^\n]+\.rpmnew|/[^\n]+ saved as (?<path>/[^\n]+\.rpmsave))",
        RegexOptions.Multiline)]
    private static partial Regex Kept();
}
