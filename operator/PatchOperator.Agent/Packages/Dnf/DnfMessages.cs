using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>Makes sense of what dnf and rpm complain about, in the C locale.</summary>
internal static partial class DnfMessages
{
    private const int TailLines = 12;
    private const int TailLength = 1500;

    private static readonly string[] Advice =
    [
        "(try to add ", "Operation aborted", "Error: Transaction failed", "You can try to add to command line", "--no-best to", "--skip-unavailable to",
        "--allowerasing to", "Failed to resolve the transaction",
    ];

    /// <summary>Why dnf finds no way; empty where it does not say.</summary>
    public static string Problems(string errors) =>
        string.Join("; ", Lines(errors).Where(line => ProblemLine().IsMatch(line)).Select(line => ProblemLine().Replace(line, "")));

    /// <summary>The messages of errors, each once, with the lines that belong to them.</summary>
    public static string Errors(string log) => string.Join(
        "; ", Lines(log).Where(line => ErrorLine().IsMatch(line)).Select(line => ErrorLine().Replace(line, "")).Where(line => line.Length > 0).Distinct());

    /// <summary>Another process has a lock that this command needed.</summary>
    public static bool IsLockConflict(string output) => LockConflict().IsMatch(output);

    public static bool IsDiskFull(string output) => DiskFull().IsMatch(output);

    public static bool IsFetchFailure(string output) => FetchFailure().IsMatch(output);

    /// <summary>The host has no plugin of dnf that knows this command.</summary>
    public static bool IsUnknownCommand(string errors) => UnknownCommand().IsMatch(errors);

    /// <summary>The end of a log, for a message to a person.</summary>
    public static string Tail(string log)
    {
        var text = string.Join("; ", Lines(log).TakeLast(TailLines));
        return text.Length <= TailLength ? text : "…" + text[^TailLength..];
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => Spaces().Replace(line, " ").Trim())
            .Where(line => line.Length > 0 && !Advice.Any(advice => line.StartsWith(advice, StringComparison.Ordinal)));

    [GeneratedRegex("Error downloading packages|Failed to download (metadata|packages)|from local repository have incorrect checksum")]
    private static partial Regex FetchFailure();

    [GeneratedRegex(
        @"^(Error: |error: |- |Problem( \d+)?: |\[FAILED\] |Librepo error: "
        + @"|(?=At least |Error opening |Package \S+ is not signed|Failed to |Transaction failed: |OpenPGP check for ))")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^(Problem( \d+)?: |- )")]
    private static partial Regex ProblemLine();

    // librepo does not say why it could not write; no other reason is usual.
    [GeneratedRegex(
        @"No space left on device|[Nn]ot enough (free )?(disk )?space|At least \S+ more space needed|needs \S+ more space on the \S+ filesystem"
        + @"|Curl error \(23\)")]
    private static partial Regex DiskFull();

    [GeneratedRegex("can't create transaction lock|Failed to obtain rpm transaction lock")]
    private static partial Regex LockConflict();

    [GeneratedRegex("No such command|Unknown argument \"[^\"-]")]
    private static partial Regex UnknownCommand();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
