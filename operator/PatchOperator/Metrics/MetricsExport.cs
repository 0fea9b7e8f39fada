using System.Diagnostics.Metrics;
using System.Reflection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace PatchOperator.Metrics;

/// <summary>
/// The two ways out: scraped as text, and, if asked for, pushed by OTLP. OpenTelemetry never forgets a combination of labels that it
/// has seen, so it keeps only what has few of them; what names objects is read from <see cref="StateMetrics"/> for each scrape and each push.
/// </summary>
internal sealed class MetricsExport : IHostedLifecycleService, IDisposable
{
    private const string RuntimeMeter = "System.Runtime";

    // Of one metric: what is alive, and what was at the last push. OpenTelemetry sets room aside for it, and adds up what is beyond.
    private const int MaxPushedSeries = 10_000;

    // A collector that is away must not hold up the end of the process.
    private static readonly TimeSpan LastPushTimeout = TimeSpan.FromSeconds(5);

    // What says whether the process itself is well; the rest is for its developers.
    private static readonly HashSet<string> RuntimeMetrics =
    [
        "dotnet.process.memory.working_set",
        "dotnet.process.cpu.time",
        "dotnet.gc.collections",
        "dotnet.gc.pause.time",
    ];

    private readonly OperatorOptions options;
    private readonly IMeterFactory meters;
    private readonly StateMetrics state;
    private readonly PrometheusExporter exporter = new();
    private readonly BaseExportingMetricReader reader;
    private readonly MeterProvider scraped;
    private readonly List<MeterProvider> pushed = [];
    private readonly Lock gate = new();

    public MetricsExport(OperatorOptions options, IMeterFactory meters, StateMetrics state)
    {
        (this.options, this.meters, this.state) = (options, meters, state);
        reader = new BaseExportingMetricReader(exporter);
        scraped = Provider(instrument => !instrument.IsObservable).AddReader(reader).Build();
        if (options.OtlpEndpoint is { } endpoint)
            Push(new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/metrics"));
    }

    /// <summary>Returns all metrics as <see cref="PrometheusText"/>.</summary>
    public string Scrape()
    {
        lock (gate)
        {
            reader.Collect();
            return PrometheusText.Write(state.All) + exporter.Text;
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What names objects is pushed while this replica still leads.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => EachAsync(provider => provider.ForceFlush((int)LastPushTimeout.TotalMilliseconds));

    /// <summary>What has happened since the last push is pushed before the process ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => EachAsync(provider => provider.Shutdown((int)LastPushTimeout.TotalMilliseconds));

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        scraped.Dispose();
        pushed.ForEach(provider => provider.Dispose());
    }

    // A gauge has no temporality, but a reader with that of deltas is the one that forgets what was not there at its last push. Counters are cumulative, as
    // Prometheus wants them, so they have a reader of their own.
    private void Push(Uri endpoint)
    {
        foreach (var metric in state.All)
            meters.OperatorMeters().Observe(metric);
        pushed.Add(Provider(instrument => instrument is not ObservableGauge<double>)
            .AddOtlpExporter(otlp => (otlp.Protocol, otlp.Endpoint) = (OtlpExportProtocol.HttpProtobuf, endpoint))
            .Build());
        pushed.Add(Provider(instrument => instrument is ObservableGauge<double>, runtime: false)
            .AddOtlpExporter((otlp, reading) =>
            {
                (otlp.Protocol, otlp.Endpoint) = (OtlpExportProtocol.HttpProtobuf, endpoint);
                reading.TemporalityPreference = MetricReaderTemporalityPreference.Delta;
            })
            .Build());
    }

    private MeterProviderBuilder Provider(Func<Instrument, bool> takes, bool runtime = true) => OpenTelemetry.Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(
            OperatorHost.Name,
            serviceNamespace: options.Pod?.Split('/')[0],
            serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3),
            autoGenerateServiceInstanceId: false,
            serviceInstanceId: Environment.MachineName))
        .AddMeter(OperatorMeter.Name, RuntimeMeter)
        .AddView(instrument => instrument switch
        {
            { Meter.Scope: null } => runtime && RuntimeMetrics.Contains(instrument.Name) ? null : MetricStreamConfiguration.Drop,
            // Of another operator in this process.
            _ when instrument.Meter.Scope != meters || !takes(instrument) => MetricStreamConfiguration.Drop,
            { IsObservable: true } => new MetricStreamConfiguration { CardinalityLimit = MaxPushedSeries },
            _ => null,
        });

    private Task EachAsync(Action<MeterProvider> end) => Task.WhenAll(pushed.Select(provider => Task.Run(() => end(provider), CancellationToken.None)));
}
