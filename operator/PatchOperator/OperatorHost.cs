using System.Diagnostics.Metrics;
using System.Reflection;
using k8s;
using KubeOps.Abstractions.Builder;
using KubeOps.Operator;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PatchOperator.Caches;
using PatchOperator.Connecting;
using PatchOperator.Health;
using PatchOperator.Images;
using PatchOperator.Leading;
using PatchOperator.Metrics;
using PatchOperator.Ports;
using PatchOperator.Queues;
using PatchOperator.Reconciling;
using PatchOperator.Registry;

namespace PatchOperator;

/// <summary>Puts the operator together and runs it.</summary>
public static class OperatorHost
{
    /// <summary>The name of the operator; its Lease is called <c>patch-operator-leader</c>.</summary>
    public const string Name = "patch-operator";

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    // The operator asks a registry for manifests alone, never for what is in an image.
    private static readonly TimeSpan RegistryTimeout = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(OperatorOptions options, string url, LogLevel level, string logFormat, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders().SetMinimumLevel(level).AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("KubeOps", LogLevel.Warning);
        if (logFormat == "json")
            builder.Logging.AddJsonConsole(console => console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ");
        else
            builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        AddOperator(builder.Services, options);

        await using var app = builder.Build();
        MapEndpoints(app);
        app.Logger.LogInformation(
            "patch-operator {Version}, Jobs in namespace {Namespace}, agent image {Image}, tools image {ToolsImage}, cluster-wide maxUnavailable "
                + "{MaxUnavailable}",
            Assembly.GetExecutingAssembly().GetName().Version?.ToString(3), options.JobNamespace, options.AgentImage, options.ToolsImage,
                options.MaxUnavailable);
        await app.RunAsync(cancellationToken);
        return 0;
    }

    /// <summary>What the operator answers to: probes and metrics.</summary>
    public static void MapEndpoints(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet(
            "/readyz",
            (Leadership leadership) => leadership.IsReady ? Results.Text("ok") : Results.Text("listing", statusCode: StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/metrics", (MetricsExport metrics) => Results.Text(metrics.Scrape(), PrometheusText.ContentType));
    }

    /// <summary>Registers everything but the Kubernetes configuration and the clock, which a caller may have registered before.</summary>
    public static void AddOperator(IServiceCollection services, OperatorOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => ConfigurationFiles.LoadDefault(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ClusterWorld>();
        services.AddSingleton<IWorld>(provider => provider.GetRequiredService<ClusterWorld>());
        services.AddSingleton<EvictionApi>();
        services.AddSingleton<ClusterApi>();
        services.AddSingleton<IApi>(provider => new ObservedApi(provider.GetRequiredService<ClusterApi>(), provider.GetRequiredService<IWorld>()));
        services.AddSingleton<IRegistries, Registries>();
        services.AddSingleton(_ => new Health.Prometheus(Health.Prometheus.NewHttpClient()));
        services.AddSingleton<ObjectConditions>();
        services.AddSingleton<IHealth, HealthProbes>();
        Reconciling.Reconcilers.Add(services, options);
        services.AddSingleton<WorkQueue>();
        services.AddSingleton<Workers>();
        services.AddSingleton<Informers>();
        services.TryAddSingleton(provider => RegistryClient.NewHttpClient(RegistryTimeout, new LeaderWrites(provider.GetRequiredService<LeaseTerm>())));
        services.AddSingleton<Leadership>();
        // Less than a pod is given to end: the lease is given up last.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSingleton(Election.Term);
        services.AddSingleton(Election.Lease);
        services.AddSingleton(Election.Elector);
        services.AddHostedService<LeaseRelease>();
        AddMetrics(services);

        services
            .AddKubernetesOperator(settings => settings
                .WithName(Name)
                .WithLeaderElection(LeaderElectionType.Single)
                .WithLeaderElectionTimings(Election.LeaseDuration, Election.RenewDeadline, Election.RetryPeriod));

        services.AddHostedService(provider => provider.GetRequiredService<Informers>());
        services.AddHostedService(provider => provider.GetRequiredService<Leadership>());
    }

    // Before everything that is counted: what nobody listens to is lost.
    private static void AddMetrics(IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton(provider =>
        {
            var leadership = provider.GetRequiredService<Leadership>();
            return ActivatorUtilities.CreateInstance<StateMetrics>(provider, () => leadership.IsLeading);
        });
        services.AddSingleton<OutcomeMetrics>();
        services.AddSingleton<ReconcileMetrics>();
        services.AddSingleton<MetricsExport>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsExport>());

        // KubeOps takes the client that is there; the one that its package would bring is not hardened and not counted.
        services.AddSingleton<IKubernetes>(provider => new HardenedKubernetes(
            provider.GetRequiredService<KubernetesClientConfiguration>(),
            provider.GetRequiredService<TimeProvider>(),
            new ApiRequestHandler(provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<TimeProvider>()),
            new LeaderWrites(provider.GetRequiredService<LeaseTerm>())));
    }
}
