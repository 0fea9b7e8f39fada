namespace KubeOps.Abstractions.Builder;

/// <summary>The settings of an operator.</summary>
public sealed record OperatorSettings
{
    /// <summary>The name of the operator; its lease is called <c>{name}-leader</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The only namespace to watch; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>How replicas share the work.</summary>
    public required LeaderElectionType LeaderElectionType { get; init; }

    /// <summary>How long other replicas wait after the last renewal they saw.</summary>
    public required TimeSpan LeaderElectionLeaseDuration { get; init; }

    /// <summary>How long the leader tries to renew before it stops.</summary>
    public required TimeSpan LeaderElectionRenewDeadline { get; init; }

    /// <summary>The pause between two tries.</summary>
    public required TimeSpan LeaderElectionRetryPeriod { get; init; }

    /// <summary>Whether finalizers are added before an object is reconciled.</summary>
    public required bool AutoAttachFinalizers { get; init; }

    /// <summary>Whether a finalizer is removed after it succeeded.</summary>
    public required bool AutoDetachFinalizers { get; init; }

    /// <summary>Which changes lead to a reconcile.</summary>
    public required ReconcileStrategy ReconcileStrategy { get; init; }

    /// <summary>How many objects of a kind are reconciled at once, and how failures are retried.</summary>
    public required ParallelReconciliationSettings ParallelReconciliation { get; init; }
}
