using k8s;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;

namespace KubeOps.Operator.Queue;

/// <summary>
/// What is wanted for one key. That an object is gone is kept apart from what came after it under the same name: neither may hide the
/// other.
/// </summary>
internal sealed class PendingWork<TEntity>(long due)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private (TEntity Entity, int RetryCount)? gone;
    private (TEntity Entity, ReconciliationType Type, int RetryCount)? present;

    /// <summary>When it is due, as a timestamp of the clock.</summary>
    internal long Due { get; private set; } = due;

    /// <summary>Whether nothing is left to do.</summary>
    internal bool IsEmpty => gone is null && present is null;

    /// <summary>Adds a wish; the earliest time wanted by any of them counts.</summary>
    internal void Add(TEntity entity, ReconciliationType type, int retryCount, long due)
    {
        Due = Math.Min(Due, due);
        if (type != ReconciliationType.Deleted)
        {
            present = (entity, type, retryCount);
            return;
        }

        gone = (entity, retryCount);
        if (present?.Entity.Uid() == entity.Uid()) // and not another one of that name
            present = null;
    }

    /// <summary>Takes the next wish, deletion first.</summary>
    internal WorkItem<TEntity> Take(string key)
    {
        if (gone is { } deleted)
        {
            gone = null;
            return new WorkItem<TEntity>(key, deleted.Entity, ReconciliationType.Deleted, deleted.RetryCount);
        }

        var (entity, type, retryCount) = present!.Value;
        present = null;
        return new WorkItem<TEntity>(key, entity, type, retryCount);
    }
}
