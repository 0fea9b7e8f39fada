namespace PatchOperator.Metrics;

/// <summary>One series of a <see cref="LiveMetric"/>, as it is now.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Labels">The values of the metric's labels, in their order.</param>
internal readonly record struct LiveSeries(double Value, params string[] Labels)
{
    public LiveSeries(DateTimeOffset time, params string[] labels)
        : this(time.ToUnixTimeSeconds(), labels)
    {
    }
}
