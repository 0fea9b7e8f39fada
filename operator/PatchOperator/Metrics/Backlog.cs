using System.Collections.Concurrent;
using PatchOperator.Api;
using PatchOperator.Caches;

namespace PatchOperator.Metrics;

/// <summary>
/// Which objects wait for a reconcile that <c>Triggers</c> have asked for, and since when: KubeOps tells nothing of its queues.
/// What KubeOps enqueues by itself, as for a changed spec or a wake-up, is not known here.
/// </summary>
internal sealed class Backlog(ClusterCache cache, ReconcileMetrics metrics, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Kind, string Name), long> due = new();

    /// <summary>An object is to be reconciled after <paramref name="delay"/>; of several wishes the earliest counts.</summary>
    public void Add(string kind, string name, TimeSpan delay)
    {
        var at = time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);
        due.AddOrUpdate((kind, name), at, (_, known) => Math.Min(known, at));
    }

    /// <summary>Its reconcile begins.</summary>
    public void Take(string kind, string name)
    {
        if (due.TryRemove((kind, name), out var at) && at <= time.GetTimestamp())
            metrics.Waited(kind, time.GetElapsedTime(at));
    }

    /// <summary>The queues begin anew.</summary>
    public void Clear() => due.Clear();

    /// <summary>How many objects of a kind are due and wait.</summary>
    public int Length(string kind)
    {
        var now = time.GetTimestamp();
        // An object that was deleted while it waited is never reconciled.
        foreach (var gone in due.Keys.Where(key => !Exists(key.Kind, key.Name)))
            due.TryRemove(gone, out _);
        return due.Count(entry => entry.Key.Kind == kind && entry.Value <= now);
    }

    private bool Exists(string kind, string name) => kind switch
    {
        PatchPolicy.KindName => cache.Policies.Get(name) is not null,
        PatchRun.KindName => cache.Runs.Get(name) is not null,
        NodePatch.KindName => cache.NodePatches.Get(name) is not null,
        _ => cache.Baselines.Get(name) is not null,
    };
}
