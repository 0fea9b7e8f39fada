using System.Net;
using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>Reads what zypper and rpm said while they installed: output and errors in one, so never quite XML.</summary>
internal static partial class ZypperMessages
{
    private const int MaxTail = 10;

    public static IReadOnlyList<string> Errors(string log) =>
        [.. ErrorMessage().Matches(log).Select(match => OnOneLine(WebUtility.HtmlDecode(match.Groups["text"].Value)))];

    /// <summary>A sentence for each scriptlet that failed: rpm goes on after most of them, and zypper tells of some with exit code 0.</summary>
    public static IReadOnlyList<string> FailedScriptlets(string log) =>
    [
        .. Scriptlet().Matches(log).Concat(AfterTransaction().Matches(log)).OrderBy(match => match.Index)
            .Select(match => $"the scriptlet {match.Groups["scriptlet"]} of {NameOf(match)} failed with exit status {match.Groups["status"]}"),
    ];

    public static bool IsDiskFull(string log) => NoSpace().IsMatch(log);

    /// <summary>A package could not be had from its repository.</summary>
    public static bool IsFetchFailure(string log) => NotFetched().IsMatch(log);

    /// <summary>The last lines without what tells of progress, for a message to a person; empty when there are none.</summary>
    public static string Tail(string log) => OnOneLine(string.Join('\n', WebUtility.HtmlDecode(Tag().Replace(Chatter().Replace(log, ""), "\n"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(MaxTail)));

    /// <summary>Lines joined by semicolons, runs of blanks by one.</summary>
    public static string OnOneLine(string text) => string.Join(
        "; ",
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Blanks().Replace(line, " ").TrimEnd(';')));

    /// <summary>An epoch of 0 is none.</summary>
    private static string NameOf(Match scriptlet) => scriptlet.Groups["package"].Value.Replace("-0:", "-", StringComparison.Ordinal);

    [GeneratedRegex(@"<message type=""error"">(?<text>[^<]*)</message>")]
    private static partial Regex ErrorMessage();

    [GeneratedRegex(@"(?<scriptlet>%\w+)\((?<package>[^()\s]+)\) scriptlet failed, exit status (?<status>\d+)")]
    private static partial Regex Scriptlet();

    [GeneratedRegex(@"(?<![^\s>])(?<package>[^\s>]+?)(\.rpm)? (?<scriptlet>%posttrans) script failed \(returned (?<status>\d+)\)")]
    private static partial Regex AfterTransaction();

    // What libzypp has downloaded it puts into its cache, and does not say why it could not; nor does libcurl. No other reason is usual.
    [GeneratedRegex(
        @"No space left on device|needs \S+ more space on the \S+ filesystem|Failure writing output to destination"
        + @"|Failed writing (body|received data)|t hardlink/copy \S+ to ")]
    private static partial Regex NoSpace();

    [GeneratedRegex(@"not found on medium|Failed to provide Package|Download \(curl\) error|seems to be corrupted during transfer")]
    private static partial Regex NotFetched();

    [GeneratedRegex(
        @"<(progress|option)\b[^<>]*/>|<prompt\b[^<>]*>\s*<text>[^<]*</text>|<install-summary\b((?!<install-summary\b).)*?</install-summary>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Chatter();

    [GeneratedRegex(@"<[^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
