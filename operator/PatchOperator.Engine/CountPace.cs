namespace PatchOperator.Engine;

/// <summary>How often counts that alone have changed are written: with a thousand nodes at work they change many times a second.</summary>
internal static class CountPace
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>When they are written next, in UTC; null when they may be written now.</summary>
    /// <param name="written">When they were written last; null when they never were.</param>
    /// <param name="now">In UTC.</param>
    public static DateTimeOffset? Next(DateTimeOffset? written, DateTimeOffset now) => written + Every is { } next && next > now ? next : null;
}
