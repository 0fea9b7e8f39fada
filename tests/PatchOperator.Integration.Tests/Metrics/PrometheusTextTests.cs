using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using PatchOperator.Metrics;

namespace PatchOperator.Integration.Tests.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter meter = new(ApiServerFixture.UniqueName("meter"));
    private readonly PrometheusExporter exporter = new();
    private readonly BaseExportingMetricReader reader;
    private readonly MeterProvider provider;

    public PrometheusTextTests()
    {
        reader = new BaseExportingMetricReader(exporter);
        provider = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(reader).Build();
    }

    public void Dispose()
    {
        provider.Dispose();
        meter.Dispose();
    }

    [Fact]
    public void A_counter_ends_in_total_and_a_unit_is_part_of_the_name()
    {
        meter.CreateCounter<long>("work.runs", "{run}", "Runs.").Add(3);
        meter.CreateCounter<double>("work.time", "s", "Time.").Add(1.5);

        Assert.Equal(
            """
            # HELP work_runs_total Runs.
            # TYPE work_runs_total counter
            work_runs_total 3
            # HELP work_time_seconds_total Time.
            # TYPE work_time_seconds_total counter
            work_time_seconds_total 1.5

            """,
            Text());
    }

    [Fact]
    public void A_gauge_and_a_count_that_goes_down_are_gauges()
    {
        meter.CreateObservableGauge("work.memory", () => 2.5e20, "By", "Memory.");
        meter.CreateUpDownCounter<long>("work.waiting", "{item}", "Waiting.").Add(-2);

        Assert.Equal(
            """
            # HELP work_memory_bytes Memory.
            # TYPE work_memory_bytes gauge
            work_memory_bytes 2.5E+20
            # HELP work_waiting Waiting.
            # TYPE work_waiting gauge
            work_waiting -2

            """,
            Text());
    }

    [Fact]
    public void Buckets_are_cumulative_and_the_last_one_is_all()
    {
        var histogram =
            meter.CreateHistogram("work.duration", "s", "Duration.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 10] });
        foreach (var seconds in new[] { 0.5, 0.75, 9, 100 })
            histogram.Record(seconds, new KeyValuePair<string, object?>("kind", "Run"));

        Assert.Equal(
            """
            # HELP work_duration_seconds Duration.
            # TYPE work_duration_seconds histogram
            work_duration_seconds_bucket{kind="Run",le="0.5"} 1
            work_duration_seconds_bucket{kind="Run",le="10"} 3
            work_duration_seconds_bucket{kind="Run",le="+Inf"} 4
            work_duration_seconds_sum{kind="Run"} 110.25
            work_duration_seconds_count{kind="Run"} 4

            """,
            Text());
    }

    [Fact]
    public void What_could_end_a_line_or_a_label_is_escaped()
    {
        meter.CreateObservableGauge("work.state", () => new Measurement<int>(1, new KeyValuePair<string, object?>("image.name", "a\"b\\c\nd")), null, "One\\two\nthree \"four\".");

        Assert.Equal(
            """
            # HELP work_state One\\two\nthree "four".
            # TYPE work_state gauge
            work_state{image_name="a\"b\\c\nd"} 1

            """,
            Text());
    }

    [Fact]
    public void What_is_no_number_is_written_as_Prometheus_does()
    {
        double[] values = [double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        meter.CreateObservableGauge("work.limit", () => values.Select((value, index) => new Measurement<double>(value, new KeyValuePair<string, object?>("index", index))), null, "Limit.");

        Assert.EndsWith("work_limit{index=\"0\"} +Inf\nwork_limit{index=\"1\"} -Inf\nwork_limit{index=\"2\"} NaN\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_is_in_order_and_each_series_once()
    {
        var metric = new LiveMetric("run.nodes", "{node}", "Nodes\\of \"runs\".\n", IsCounter: false, ["policy", "state"], () =>
        [
            new LiveSeries(3, "b", "Done"),
            new LiveSeries(1, "a\"\\\n", "Failed"),
            new LiveSeries(2, "b", "Done"),
        ]);

        Assert.Equal(
            """
            # HELP patch_operator_run_nodes Nodes\\of "runs".\n
            # TYPE patch_operator_run_nodes gauge
            patch_operator_run_nodes{policy="a\"\\\n",state="Failed"} 1
            patch_operator_run_nodes{policy="b",state="Done"} 2

            """,
            PrometheusText.Write([metric]));
    }

    [Fact]
    public void What_is_read_has_no_labels_or_is_not_there_at_all()
    {
        var time = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        LiveMetric[] metrics =
        [
            new("nothing", null, "Nothing.", IsCounter: false, ["name"], () => []),
            new("work.started.timestamp", "s", "Start.", IsCounter: false, [], () => [new LiveSeries(time)]),
            new("work", "{item}", "Work.", IsCounter: true, [], () => [new LiveSeries(1)]),
        ];

        Assert.Equal(
            """
            # HELP patch_operator_work_started_timestamp_seconds Start.
            # TYPE patch_operator_work_started_timestamp_seconds gauge
            patch_operator_work_started_timestamp_seconds 1795176000
            # HELP patch_operator_work_total Work.
            # TYPE patch_operator_work_total counter
            patch_operator_work_total 1

            """,
            PrometheusText.Write(metrics));
    }

    private string Text()
    {
        reader.Collect();
        return exporter.Text;
    }
}
