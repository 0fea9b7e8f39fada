using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Reconciliation.Queue;

/// <summary>
/// Asks for an object to be reconciled after <paramref name="queueIn"/>; asked more than once, the earliest time counts. Only name,
/// namespace and UID of <paramref name="entity"/> matter (the package cannot do without the UID), for it is read again. False if it was
/// not taken: we do not lead.
/// </summary>
public delegate Task<bool> EntityQueue<in TEntity>(
    TEntity entity,
    ReconciliationType type,
    ReconciliationTriggerSource reconciliationTriggerSource,
    TimeSpan queueIn,
    int retryCount,
    CancellationToken cancellationToken)
    where TEntity : IKubernetesObject<V1ObjectMeta>;
