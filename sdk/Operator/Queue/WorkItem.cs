using KubeOps.Abstractions.Reconciliation;

namespace KubeOps.Operator.Queue;

/// <summary>One object to work on now; its key is taken until it is given back.</summary>
internal sealed record WorkItem<TEntity>(string Key, TEntity Entity, ReconciliationType Type, int RetryCount);
