using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PatchOperator.Caches;
using PatchOperator.Integration.Tests.Sdk;
using PatchOperator.Metrics;
using PatchOperator.Queues;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>
/// An operator's caches and metrics, leading, on an API server that has just the objects that a test shows it: tens of thousands come and
/// go in seconds, which a real one needs an hour for.
/// </summary>
internal sealed partial class ListedCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ScriptedServer server;
    private readonly ServiceProvider services;
    private readonly ILookup<string, string>[] shown;
    private readonly Dictionary<string, int> former = [];
    private HashSet<string> present = [];

    private ListedCluster(ScriptedServer server, ILookup<string, string>[] shown, Uri? otlpEndpoint)
    {
        (this.server, this.shown) = (server, shown);
        var collection = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddSingleton(server.Configuration);
        OperatorHost.AddOperator(
            collection,
            new OperatorOptions { JobNamespace = "jobs", AgentImage = "patch-operator:test", ToolsImage = "patch-operator-tools:test", OtlpEndpoint = otlpEndpoint });
        collection.AddSingleton(provider => new StateMetrics(World, provider.GetRequiredService<WorkQueue>(), Outcomes, () => Leads));
        services = collection.BuildServiceProvider();
        // As in the operator: what is counted before is lost.
        Metrics = services.GetRequiredService<MetricsExport>();
    }

    public ClusterWorld World => services.GetRequiredService<ClusterWorld>();

    public OutcomeMetrics Outcomes => services.GetRequiredService<OutcomeMetrics>();

    public MetricsExport Metrics { get; }

    /// <summary>Whether the operator leads.</summary>
    public bool Leads { get; set; } = true;

    public static async Task<ListedCluster> StartAsync(Uri? otlpEndpoint = null)
    {
        ILookup<string, string>[] shown = [Array.Empty<string>().ToLookup(item => item)];
        var server = await ScriptedServer.StartAsync(context => string.Equals(context.Request.Query["watch"], "true", StringComparison.OrdinalIgnoreCase)
            ? ScriptedServer.SilenceAfterHeadersAsync(context)
            : ScriptedServer.Json($$"""{"metadata":{"resourceVersion":"1"},"items":[{{string.Join(',', shown[0][context.Request.Path.Value!.Split('/')[^1]])}}]}""")(context));
        return new ListedCluster(server, shown, otlpEndpoint);
    }

    /// <summary>These objects are there from now on, and no others, and the caches know.</summary>
    public async Task ShowAsync(IEnumerable<IKubernetesObject<V1ObjectMeta>> objects)
    {
        var all = objects.ToList();
        foreach (var gone in present.Except(all.Select(item => item.Metadata.Uid)))
            former[gone] = former.GetValueOrDefault(gone) + 1;
        present = [.. all.Select(item => item.Metadata.Uid)];
        shown[0] = all.ToLookup(item => PluralOf(item.GetType()), item => Uid().Replace(KubernetesJson.Serialize((object)item), Renew));
        // Each begins with a list.
        using var informers = ActivatorUtilities.CreateInstance<Informers>(services);
        await informers.StartAsync(CancellationToken.None);
        await informers.Synced.WaitAsync(Patience, TimeProvider.System);
        await informers.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    // What comes again after it was gone is another object of the name.
    private string Renew(Match uid) => former.TryGetValue(uid.Groups[1].Value, out var times) ? $"\"uid\":\"{uid.Groups[1].Value}-{times}\"" : uid.Value;

    [GeneratedRegex("\"uid\":\"([^\"]*)\"")]
    private static partial Regex Uid();

    private static string PluralOf(Type type) => type.GetCustomAttributes(inherit: false).OfType<KubernetesEntityAttribute>().Single().PluralName;
}
