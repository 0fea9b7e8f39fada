using System.Globalization;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Run;

/// <summary>
/// What is run on the host, for the report, and with a line each for the Job's log. What is run again and ends alike is counted and not said again: what is
/// looked at each second would drown all else.
/// </summary>
internal sealed class CommandLog(TimeProvider time, Progress progress)
{
    private const int MaxKinds = 100;

    private readonly List<CommandFacts> kinds = [];

    public IReadOnlyList<CommandFacts> Facts => [.. kinds];

    /// <param name="line">What is run.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="exitCode">How it has ended.</param>
    public async Task<T> TimeAsync<T>(string line, Func<Task<T>> run, Func<T, int?> exitCode)
    {
        var (began, code) = (time.GetTimestamp(), (int?)null);
        try
        {
            var end = await run();
            code = exitCode(end);
            return end;
        }
        finally
        {
            Note(line, code, time.GetElapsedTime(began).TotalSeconds);
        }
    }

    private void Note(string line, int? exitCode, double seconds)
    {
        var index = kinds.FindIndex(kind => kind.Line == line && kind.ExitCode == exitCode);
        if (index >= 0)
        {
            kinds[index] = kinds[index] with { Times = kinds[index].Times + 1, Seconds = Math.Round(kinds[index].Seconds + seconds, 3) };
            return;
        }

        var end = exitCode is { } code ? $"exit code {code}" : "no exit code";
        progress.Say(string.Create(CultureInfo.InvariantCulture, $"ran in {seconds:0.0} s, {end}: {line}"));
        if (kinds.Count < MaxKinds)
            kinds.Add(new CommandFacts(line, exitCode, 1, Math.Round(seconds, 3)));
    }
}
