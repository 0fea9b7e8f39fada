using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PatchOperator.Caches;
using PatchOperator.Metrics;
using PatchOperator.Ports;
using PatchOperator.Queues;
using PatchOperator.Reconciling;
using PatchOperator.Resources;
using PatchOperator.Tests.Simulation;

namespace PatchOperator.Tests;

/// <summary>Parts of the operator one at a time: the real ones, wired as in the operator, on an API server in memory.</summary>
internal sealed class OperatorBench : IDisposable
{
    /// <summary>A Friday, 12:00 UTC.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider services;

    public OperatorBench(IRegistries? registries = null)
    {
        var journal = new Journal(Time);
        Store = new ObjectStore(Time);
        Server = new SimulatedApi(Store, new SimulatedNodes(Store, new Timeline(Time), new Chance(null), Time, journal), journal);
        Api = new ScriptedApi(Server);
        var collection = new ServiceCollection().AddLogging().AddMetrics()
            .AddSingleton<TimeProvider>(Time).AddSingleton(Options).AddSingleton(registries ?? new ScriptedRegistries()).AddSingleton<IHealth>(new SimulatedHealth(journal, Time))
            .AddSingleton<ClusterWorld>().AddSingleton<IWorld>(provider => provider.GetRequiredService<ClusterWorld>())
            .AddSingleton<IApi>(provider => new ObservedApi(Api, provider.GetRequiredService<IWorld>()))
            .AddSingleton<OutcomeMetrics>().AddSingleton<ReconcileMetrics>().AddSingleton<WorkQueue>();
        Reconcilers.Add(collection, Options);
        services = collection.BuildServiceProvider();
    }

    public static OperatorOptions Options { get; } = new() { JobNamespace = "jobs", AgentImage = "agent:1", ToolsImage = "tools:1" };

    public FakeTimeProvider Time { get; } = new(Noon);

    /// <summary>What is behind the API server.</summary>
    public ObjectStore Store { get; }

    /// <summary>The API server.</summary>
    public SimulatedApi Server { get; }

    /// <summary>The way to it.</summary>
    public ScriptedApi Api { get; }

    public ClusterWorld World => Get<ClusterWorld>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Creates an object, and the caches know of it.</summary>
    public T Known<T>(T entity)
        where T : class, IKubernetesObject<V1ObjectMeta> => Observed(Store.Create(entity));

    /// <summary>A Node, which the caches know of.</summary>
    public NodeResource Node(string name, bool unschedulable = false) => Observed(Store.Create(V1Node.KubeKind, new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Node",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = unschedulable ? new JsonObject { ["unschedulable"] = true } : new JsonObject(),
    }).As<NodeResource>());

    public void Dispose() => services.Dispose();

    private T Observed<T>(T entity)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        World.Observe(entity);
        return entity;
    }
}
