using Microsoft.Extensions.DependencyInjection;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Effects;
using PatchOperator.Metrics;
using PatchOperator.Ports;
using PatchOperator.Queues;
using PatchOperator.Reconciling;

namespace PatchOperator.Tests.Simulation;

/// <summary>One leading replica of the operator: the real one, but for its connection, its clock and its queue.</summary>
internal sealed class Replica : IDisposable
{
    private readonly ServiceProvider services;
    private readonly FaultyApi api;
    private readonly Workers workers;
    private readonly Agenda agenda;
    private readonly Chance chance;
    private readonly IWatch[] watches;
    private readonly HashSet<ObjectKey> running = [];

    public Replica(ObjectStore store, IApi server, Chance chance, TimeProvider time, OperatorOptions options, Action<Replica> meanwhile)
    {
        this.chance = chance;
        api = new FaultyApi(server, chance, () => meanwhile(this));
        agenda = new Agenda(time, chance);
        var collection = new ServiceCollection().AddLogging().AddMetrics()
            .AddSingleton(time).AddSingleton(options).AddSingleton<IRegistries, NoRegistries>()
            .AddSingleton<ClusterWorld>().AddSingleton<IWorld>(provider => provider.GetRequiredService<ClusterWorld>())
            .AddSingleton<IApi>(provider => new ObservedApi(api, provider.GetRequiredService<IWorld>()))
            .AddSingleton<OutcomeMetrics>().AddSingleton<ReconcileMetrics>().AddSingleton<WorkQueue>().AddSingleton<Workers>();
        Reconcilers.Add(collection, options);
        collection.AddSingleton(provider => ActivatorUtilities.CreateInstance<EffectHandlers>(provider, 1));
        services = collection.BuildServiceProvider();

        var (world, triggers) = (services.GetRequiredService<ClusterWorld>(), services.GetRequiredService<Triggers>());
        workers = services.GetRequiredService<Workers>();
        watches =
        [
            new Watch<PatchRun>(store, world, world.Runs), new Watch<PatchPlan>(store, world, world.Plans), new Watch<NodePatch>(store, world, world.NodePatches),
            new Watch<PatchOperator.Resources.JobResource>(store, world, world.Jobs), new Watch<PatchPolicy>(store, world, world.Policies),
            new Watch<PatchWindow>(store, world, world.Windows), new Watch<PatchOperator.Resources.NodeResource>(store, world, world.Nodes),
            new Watch<PatchOperator.Resources.PodResource>(store, world, world.Pods),
        ];
        foreach (var watch in watches)
            watch.List();
        world.Changed += change =>
        {
            foreach (var wish in triggers.For(change, time.GetUtcNow()))
                agenda.Add(wish);
        };
        foreach (var wish in Triggers.Everything(world.Snapshot))
            agenda.Add(wish);
    }

    /// <summary>Whether it has crashed.</summary>
    public bool Dead => api.Dead;

    /// <summary>When it has something to do by itself.</summary>
    public DateTimeOffset? Next => agenda.Next;

    public void Dispose()
    {
        api.Dead = true;
        services.Dispose();
    }

    /// <summary>Hears of one thing that has happened; false when it knows all.</summary>
    public bool Hear()
    {
        var news = watches.Where(watch => watch.HasNews).ToList();
        if (news.Count == 0)
            return false;
        news[chance.Below(news.Count)].Tell();
        return true;
    }

    /// <summary>Works on one object that is due; false when none is. Called again meanwhile, it works on another as well.</summary>
    public bool Work()
    {
        // Runs have their turns one after the other.
        var busy = running.Any(other => other.Kind == PatchRun.KindName);
        if (Dead || agenda.Take(key => !running.Contains(key) && !(busy && key.Kind == PatchRun.KindName)) is not { } taken)
            return false;
        running.Add(taken);
        if (workers.WakeUpAsync(taken, CancellationToken.None).GetAwaiter().GetResult() is { } delay)
            agenda.Add(new Wish(taken, delay));
        running.Remove(taken);
        return true;
    }
}
