using KubeOps.Abstractions.Reconciliation;

namespace KubeOps.Operator.Queue;

/// <summary>One object to work on now; its key is taken until it is given back.</summary>
/// <param name="Object">Which object.</param>
/// <param name="Type">Why.</param>
/// <param name="RetryCount">How often it has failed in a row.</param>
/// <param name="Deleted">The object as it was last seen, if it is gone.</param>
internal sealed record WorkItem<TEntity>(ObjectName Object, ReconciliationType Type, int RetryCount, TEntity? Deleted);
