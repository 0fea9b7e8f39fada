namespace PatchOperator.Engine;

/// <summary>How long to wait after a failure: twice as long after each, up to a limit.</summary>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <param name="failures">How many there were in a row, from 1.</param>
    public TimeSpan After(int failures)
    {
        var delay = First * Math.Pow(2, Math.Min(failures - 1, 20));
        return delay < Longest ? delay : Longest;
    }
}
