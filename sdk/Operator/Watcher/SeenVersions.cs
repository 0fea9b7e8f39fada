using System.Globalization;
using k8s;
using k8s.Models;
using KubeOps.Abstractions.Builder;

namespace KubeOps.Operator.Watcher;

/// <summary>What was last reported of each object, to tell news from repetition.</summary>
internal sealed class SeenVersions(ReconcileStrategy strategy)
{
    private readonly Dictionary<string, string> seen = [];

    /// <summary>Whether this state is news by the strategy; remembers it.</summary>
    internal bool IsNews(IKubernetesObject<V1ObjectMeta> entity)
    {
        var state = StateOf(entity);
        if (seen.TryGetValue(entity.Uid(), out var earlier) && earlier == state)
            return false;

        seen[entity.Uid()] = state;
        return true;
    }

    /// <summary>The object is gone.</summary>
    internal void Forget(IKubernetesObject<V1ObjectMeta> entity) => seen.Remove(entity.Uid());

    /// <summary>Forgets all but these, which a list has just named.</summary>
    internal void KeepOnly(IReadOnlySet<string> uids)
    {
        foreach (var gone in seen.Keys.Where(uid => !uids.Contains(uid)).ToList())
            seen.Remove(gone);
    }

    /// <summary>A deletion, and each finalizer that is done, are news whatever the generation. So is any change of a kind without one.</summary>
    private string StateOf(IKubernetesObject<V1ObjectMeta> entity)
    {
        if (strategy == ReconcileStrategy.ByResourceVersion || entity.Generation() is not { } generation)
            return entity.ResourceVersion();

        return entity.DeletionTimestamp() is { } deletion
            ? string.Create(CultureInfo.InvariantCulture, $"{generation} {deletion:O} {string.Join(' ', entity.Finalizers() ?? [])}")
            : generation.ToString(CultureInfo.InvariantCulture);
    }
}
