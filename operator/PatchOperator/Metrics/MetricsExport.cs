using System.Diagnostics.Metrics;
using System.Reflection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace PatchOperator.Metrics;

/// <summary>The two ways out for the same instruments: scraped as text, and, if asked for, pushed by OTLP.</summary>
internal sealed class MetricsExport : IHostedService, IDisposable
{
    private const string RuntimeMeter = "System.Runtime";

    // OpenTelemetry never forgets a combination of labels it has seen, and adds up what comes after the 2,000th in a series of its own.
    private const int MaxConditions = 20_000;

    // A collector that is away must not hold up the end of the process.
    private static readonly TimeSpan LastPushTimeout = TimeSpan.FromSeconds(5);

    // What says whether the process itself is well; the rest is for its developers.
    private static readonly HashSet<string> RuntimeMetrics = ["dotnet.process.memory.working_set", "dotnet.process.cpu.time", "dotnet.gc.collections", "dotnet.gc.pause.time"];

    private readonly PrometheusExporter exporter = new();
    private readonly BaseExportingMetricReader reader;
    private readonly MeterProvider provider;
    private readonly Lock gate = new();

    /// <param name="options">Where to push to.</param>
    /// <param name="meters">Whose instruments these are.</param>
    /// <param name="_">Nobody else asks for it, and without it there are no gauges.</param>
    public MetricsExport(OperatorOptions options, IMeterFactory meters, StateMetrics _)
    {
        reader = new BaseExportingMetricReader(exporter);
        var builder = OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(
                OperatorHost.Name,
                serviceNamespace: options.Pod?.Split('/')[0],
                serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3),
                autoGenerateServiceInstanceId: false,
                serviceInstanceId: Environment.MachineName))
            .AddMeter(OperatorMeter.Name, RuntimeMeter)
            .AddView(instrument => instrument switch
            {
                { Meter.Scope: null } => RuntimeMetrics.Contains(instrument.Name) ? null : MetricStreamConfiguration.Drop,
                // Of another operator in this process.
                _ when instrument.Meter.Scope != meters => MetricStreamConfiguration.Drop,
                { Name: StateMetrics.Conditions } => new MetricStreamConfiguration { CardinalityLimit = MaxConditions },
                _ => null,
            })
            .AddReader(reader);
        if (options.OtlpEndpoint is { } endpoint)
            builder.AddOtlpExporter(otlp => (otlp.Protocol, otlp.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/metrics")));
        provider = builder.Build();
    }

    /// <summary>Collects, and returns the metrics as <see cref="PrometheusText"/>.</summary>
    public string Scrape()
    {
        lock (gate)
        {
            reader.Collect();
            return exporter.Text;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What has happened since the last push is pushed before the process ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => provider.Shutdown((int)LastPushTimeout.TotalMilliseconds), CancellationToken.None);

    public void Dispose() => provider.Dispose();
}
