using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Makes sense of what apt and dpkg complain about, in the C locale.</summary>
internal static partial class AptMessages
{
    private const int TailLines = 12;
    private const int TailLength = 1500;

    /// <summary>The messages of errors; of warnings too where apt calls a failure a warning. Each once, without what says nothing.</summary>
    public static IReadOnlyList<string> Errors(string output) =>
        [.. output.Split('\n').Where(line => line.StartsWith("E: ", StringComparison.Ordinal) || FailedFetch().IsMatch(line))
            .Select(line => Spaces().Replace(line[3..], " ").Trim())
            .Where(line => !line.StartsWith("Some index files failed to download", StringComparison.Ordinal))
            .Distinct()];

    /// <summary>An update of the lists that is not whole, whatever its exit code: old versions of apt know no Error-Mode.</summary>
    public static bool IsIncomplete(string errors) =>
        FailedFetch().IsMatch(errors) || errors.Contains("Some index files failed to download", StringComparison.Ordinal);

    /// <summary>Another process has a lock that this command needed.</summary>
    public static bool IsLockConflict(string output) => Lock().IsMatch(output);

    public static bool IsDiskFull(string output) =>
        output.Contains("No space left on device", StringComparison.Ordinal) || output.Contains("You don't have enough free space", StringComparison.Ordinal);

    /// <summary>apt refuses to do anything before somebody mends what is there.</summary>
    public static bool IsBroken(string errors) =>
        errors.Contains("Unmet dependencies", StringComparison.Ordinal) || errors.Contains("needs to be reinstalled", StringComparison.Ordinal);

    public static bool IsFetchFailure(string output) =>
        output.Contains("E: Failed to fetch", StringComparison.Ordinal) || output.Contains("E: Unable to fetch some archives", StringComparison.Ordinal);

    /// <summary>The end of a log, for a message to a person.</summary>
    public static string Tail(string log)
    {
        var text = string.Join("; ", log.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).TakeLast(TailLines));
        return text.Length <= TailLength ? text : "…" + text[^TailLength..];
    }

    [GeneratedRegex(@"^[EW]: (Failed to fetch|GPG error|An error occurred during the signature verification)", RegexOptions.Multiline)]
    private static partial Regex FailedFetch();

    [GeneratedRegex(@"Could not get lock |Unable to acquire the dpkg frontend lock|Unable to lock |was locked by another process", RegexOptions.None)]
    private static partial Regex Lock();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
