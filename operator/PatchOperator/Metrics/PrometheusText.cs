using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace PatchOperator.Metrics;

/// <summary>Writes metrics in Prometheus' text format, version 0.0.4.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format</remarks>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string Counter = "counter";
    private const string Gauge = "gauge";
    private const string Histogram = "histogram";

    /// <summary>Writes what is there now, by metric and labels in order. A metric without series is left out.</summary>
    public static string Write(IEnumerable<LiveMetric> metrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics)
            Write(text, metric);
        return text.ToString();
    }

    /// <summary>Writes what OpenTelemetry has collected.</summary>
    public static string Write(in Batch<Metric> metrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics)
            Write(text, metric);
        return text.ToString();
    }

    private static void Write(StringBuilder text, LiveMetric metric)
    {
        // The same series twice is an error for Prometheus.
        var series = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (value, labels) in metric.Read())
            series[string.Join(',', metric.Labels.Zip(labels, Label))] = value;
        if (series.Count == 0)
            return;
        var name = WriteHeader(text, OperatorMeter.Prefix + metric.Name, metric.Unit, metric.Help, metric.IsCounter ? Counter : Gauge);
        foreach (var (labels, value) in series)
            WriteSample(text, name, labels, value);
    }

    private static void Write(StringBuilder text, Metric metric)
    {
        var type = TypeOf(metric.MetricType);
        var name = WriteHeader(text, metric.Name, metric.Unit, metric.Description, type);
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            if (type == Histogram)
                WriteHistogram(text, name, labels, point);
            else
                WriteSample(text, name, labels, ValueOf(metric.MetricType, point));
        }
    }

    private static string WriteHeader(StringBuilder text, string instrument, string? unit, string help, string type)
    {
        var name = PrometheusNames.Metric(instrument, unit, counter: type == Counter);
        text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return name;
    }

    private static string TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => Counter,
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => Gauge,
        MetricType.Histogram => Histogram,
        _ => throw new NotSupportedException($"Prometheus' text format has no {type}"),
    };

    private static double ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    // A bucket of Prometheus counts what is in the ones before it as well; the last one is all.
    private static void WriteHistogram(StringBuilder text, string name, string labels, in MetricPoint point)
    {
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            var bound = $"le=\"{Number(bucket.ExplicitBound)}\"";
            WriteSample(text, $"{name}_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", count);
        }

        WriteSample(text, $"{name}_sum", labels, point.GetHistogramSum());
        WriteSample(text, $"{name}_count", labels, point.GetHistogramCount());
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new List<string>();
        foreach (var (name, value) in tags)
            labels.Add(Label(PrometheusNames.Label(name), Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        return string.Join(',', labels);
    }

    private static string Label(string name, string value) => $"{name}=\"{Escape(value).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Escape(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
