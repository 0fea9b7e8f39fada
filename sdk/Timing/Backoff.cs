namespace PatchOperator.Sdk.Timing;

/// <summary>Exponential delays with a cap, and jitter.</summary>
internal static class Backoff
{
    /// <summary>The delay before try number <paramref name="failures"/> + 1; the first failure waits for about <paramref name="first"/>.</summary>
    internal static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var doublings = Math.Clamp(failures - 1, 0, 30);
        return Jitter.Around(TimeSpan.FromTicks((long)Math.Min(first.Ticks * Math.Pow(2, doublings), longest.Ticks)));
    }
}
