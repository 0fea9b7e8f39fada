using Microsoft.Extensions.DependencyInjection;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Effects;
using PatchOperator.Metrics;
using PatchOperator.Ports;
using PatchOperator.Queues;
using PatchOperator.Reconciling;

namespace PatchOperator.Tests.Simulation;

/// <summary>One leading replica of the operator: the real one, but for its connection and its clock.</summary>
internal sealed class Replica : IDisposable
{
    private readonly ServiceProvider services;
    private readonly FaultyApi api;
    private readonly Workers workers;
    private readonly WorkQueue queue;
    private readonly Chance chance;
    private readonly IWatch[] watches;
    private readonly TimeProvider time;
    // As many as there are workers: of what has left the queue, chance has the order.
    private readonly List<ObjectKey> inHand = [];
    private bool workingOnRun;

    public Replica(ObjectStore store, IApi server, IRegistries registries, IHealth health, Chance chance, TimeProvider time, OperatorOptions options, Action<Replica> meanwhile)
    {
        (this.chance, this.time) = (chance, time);
        api = new FaultyApi(server, chance, () => meanwhile(this));
        var collection = new ServiceCollection().AddLogging().AddMetrics()
            .AddSingleton(time).AddSingleton(options).AddSingleton<IRegistries>(new FaultyRegistries(registries, api))
            .AddSingleton<IHealth>(new FaultyHealth(health, api))
            .AddSingleton<ClusterWorld>().AddSingleton<IWorld>(provider => provider.GetRequiredService<ClusterWorld>())
            .AddSingleton<IApi>(provider => new ObservedApi(api, provider.GetRequiredService<IWorld>()))
            .AddSingleton<OutcomeMetrics>().AddSingleton<ReconcileMetrics>().AddSingleton<WorkQueue>().AddSingleton<Workers>();
        Reconcilers.Add(collection, options);
        collection.AddSingleton(provider => ActivatorUtilities.CreateInstance<EffectHandlers>(provider, 1));
        services = collection.BuildServiceProvider();

        var (world, triggers) = (services.GetRequiredService<ClusterWorld>(), services.GetRequiredService<Triggers>());
        (workers, queue) = (services.GetRequiredService<Workers>(), services.GetRequiredService<WorkQueue>());
        queue.Open();
        watches =
        [
            new Watch<PatchRun>(store, world, world.Runs), new Watch<PatchPlan>(store, world, world.Plans), new Watch<NodePatch>(store, world, world.NodePatches),
            new Watch<PatchRecord>(store, world, world.Records), new Watch<PatchOperator.Resources.JobResource>(store, world, world.Jobs), new Watch<PatchPolicy>(store, world, world.Policies),
            new Watch<PatchWindow>(store, world, world.Windows), new Watch<PatchOperator.Resources.NodeResource>(store, world, world.Nodes),
            new Watch<PatchOperator.Resources.PodResource>(store, world, world.Pods), new Watch<ImageBaseline>(store, world, world.Baselines),
        ];
        foreach (var watch in watches)
            watch.List();
        world.Changed += change =>
        {
            foreach (var wish in triggers.For(change, time.GetUtcNow()))
                queue.Enqueue(wish);
        };
        foreach (var wish in Triggers.Everything(world.Snapshot))
            queue.Enqueue(wish);
    }

    /// <summary>Whether it has crashed.</summary>
    public bool Dead => api.Dead;

    /// <summary>When it has something to do by itself.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            var wait = queue.UntilNext();
            return wait == Timeout.InfiniteTimeSpan ? null : time.GetUtcNow() + wait;
        }
    }

    public void Dispose()
    {
        api.Dead = true;
        services.Dispose();
    }

    /// <summary>Hears of one thing that has happened; false when it knows all.</summary>
    public bool Hear()
    {
        if (chance.ServerAway)
            return false;
        // A watch that has been closed, or whose version is too old (410), begins again with a list.
        if (chance.FaultOneIn(200))
        {
            watches[chance.Below(watches.Length)].List();
            return true;
        }

        var news = watches.Where(watch => watch.HasNews).ToList();
        if (news.Count == 0)
            return false;
        news[chance.Below(news.Count)].Tell();
        return true;
    }

    /// <summary>Works on one object that is due; false when none is. Called again meanwhile, it works on another as well.</summary>
    public bool Work()
    {
        while (!Dead && inHand.Count < (chance.IsCalm ? 1 : Workers.AtOnce) && queue.TryTake() is { } next)
            inHand.Add(next.Key);
        // Runs have their turns one after the other.
        var free = inHand.Where(key => !workingOnRun || key.Kind != PatchRun.KindName).ToList();
        if (Dead || free.Count == 0)
            return false;
        var taken = free[chance.Below(free.Count)];
        inHand.Remove(taken);
        workingOnRun |= taken.Kind == PatchRun.KindName;
        if (workers.WakeUpAsync(taken, CancellationToken.None).GetAwaiter().GetResult() is { } delay)
            queue.Enqueue(new Wish(taken, delay));
        queue.GiveBack(taken);
        workingOnRun &= taken.Kind != PatchRun.KindName;
        return true;
    }
}
