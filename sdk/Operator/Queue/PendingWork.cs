using KubeOps.Abstractions.Reconciliation;

namespace KubeOps.Operator.Queue;

/// <summary>
/// What is wanted for one key. That an object is gone is kept apart from what came after it under the same name: neither may hide the
/// other.
/// </summary>
internal sealed class PendingWork<TEntity>(long due)
{
    private WorkItem<TEntity>? gone;
    private WorkItem<TEntity>? present;

    /// <summary>When it is due, as a timestamp of the clock.</summary>
    internal long Due { get; private set; } = due;

    /// <summary>Whether nothing is left to do.</summary>
    internal bool IsEmpty => gone is null && present is null;

    /// <summary>Adds a wish; the earliest time wanted by any of them counts.</summary>
    internal void Add(WorkItem<TEntity> wish, long due)
    {
        Due = Math.Min(Due, due);
        if (wish.Type != ReconciliationType.Deleted)
        {
            present = wish;
            return;
        }

        gone = wish;
        if (present?.Object.Uid == wish.Object.Uid) // and not another one of that name
            present = null;
    }

    /// <summary>Takes the next wish, deletion first.</summary>
    internal WorkItem<TEntity> Take()
    {
        var next = gone ?? present!;
        if (gone is null)
            present = null;
        gone = null;
        return next;
    }
}
