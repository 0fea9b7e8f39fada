using k8s;
using k8s.Models;
using PatchOperator.Caches;

namespace PatchOperator.Tests.Simulation;

/// <inheritdoc/>
internal sealed class Watch<T>(ObjectStore api, ClusterWorld world, Store<T> store) : IWatch
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly List<Change> log = api.Log(ObjectStore.KindOf<T>());
    private int told;

    /// <inheritdoc/>
    public bool HasNews => told < log.Count;

    /// <inheritdoc/>
    public void Tell()
    {
        var change = log[told++];
        world.With(store, store =>
        {
            if (change.After is { } after)
                store.Put(after.As<T>());
            else
                store.Remove(change.Before!.Name, change.Before.Uid);
        });
    }

    /// <inheritdoc/>
    public void List()
    {
        told = log.Count;
        var all = api.All<T>().ToList();
        world.With(store, store =>
        {
            store.Listing(api.Version, store.Newest);
            foreach (var item in all)
                store.Put(item);
            store.RemoveAllBut(all.Select(item => item.Metadata.Name).ToHashSet(), api.Version);
        });
    }
}
