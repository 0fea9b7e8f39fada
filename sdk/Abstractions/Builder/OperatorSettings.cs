namespace KubeOps.Abstractions.Builder;

/// <summary>The settings of an operator.</summary>
public sealed record OperatorSettings
{
    /// <summary>The name of the operator; its lease is called <c>{name}-leader</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How replicas share the work.</summary>
    public required LeaderElectionType LeaderElectionType { get; init; }

    /// <summary>How long other replicas wait after the last renewal they saw.</summary>
    public required TimeSpan LeaderElectionLeaseDuration { get; init; }

    /// <summary>How long the leader tries to renew before it stops.</summary>
    public required TimeSpan LeaderElectionRenewDeadline { get; init; }

    /// <summary>The pause between two tries.</summary>
    public required TimeSpan LeaderElectionRetryPeriod { get; init; }
}
