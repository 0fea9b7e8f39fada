using System.Diagnostics.Metrics;

namespace PatchOperator.Metrics;

/// <summary>
/// The operator's one meter. Instruments are named as OpenTelemetry does it; <see cref="PrometheusNames"/> says what they are called on <c>/metrics</c>.
/// </summary>
internal static class OperatorMeter
{
    public const string Name = "PatchOperator";

    /// <summary>Begins the name of each instrument.</summary>
    public const string Prefix = "patch_operator.";

    // From a second to the better part of a day: a node without a reboot takes minutes, a run over a fleet many hours.
    private static readonly double[] WorkBuckets = [1, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800, 57600];

    private static readonly double[] CallBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    public static Meter OperatorMeters(this IMeterFactory meters) => meters.Create(Name);

    /// <summary>A histogram of seconds of work on nodes and images.</summary>
    public static Histogram<double> WorkDuration(this Meter meter, string name, string description) => meter.Duration(name, description, WorkBuckets);

    /// <summary>A histogram of seconds of what the operator itself does.</summary>
    public static Histogram<double> CallDuration(this Meter meter, string name, string description) => meter.Duration(name, description, CallBuckets);

    public static Counter<long> Count(this Meter meter, string name, string unit, string description) =>
        meter.CreateCounter<long>(Prefix + name, unit, description);

    /// <summary>Lets who pushes read a metric as well.</summary>
    public static void Observe(this Meter meter, LiveMetric metric)
    {
        IEnumerable<Measurement<double>> Measure() =>
            metric.Read().Select(series => new Measurement<double>(series.Value, metric.Labels.Zip(series.Labels, KeyValuePair.Create<string, object?>)));
        if (metric.IsCounter)
            meter.CreateObservableCounter(Prefix + metric.Name, Measure, metric.Unit, metric.Help);
        else
            meter.CreateObservableGauge(Prefix + metric.Name, Measure, metric.Unit, metric.Help);
    }

    private static Histogram<double> Duration(this Meter meter, string name, string description, double[] buckets) =>
        meter.CreateHistogram(Prefix + name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });
}
