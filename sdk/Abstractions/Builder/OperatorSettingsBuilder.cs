namespace KubeOps.Abstractions.Builder;

/// <summary>Collects the settings of an operator.</summary>
public sealed class OperatorSettingsBuilder
{
    /// <inheritdoc cref="OperatorSettings.Name"/>
    public string Name { get; set; } = "kubernetesoperator";

    /// <inheritdoc cref="OperatorSettings.Namespace"/>
    public string? Namespace { get; set; }

    /// <inheritdoc cref="OperatorSettings.LeaderElectionType"/>
    public LeaderElectionType LeaderElectionType { get; set; } = LeaderElectionType.None;

    /// <inheritdoc cref="OperatorSettings.LeaderElectionLeaseDuration"/>
    public TimeSpan LeaderElectionLeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc cref="OperatorSettings.LeaderElectionRenewDeadline"/>
    public TimeSpan LeaderElectionRenewDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="OperatorSettings.LeaderElectionRetryPeriod"/>
    public TimeSpan LeaderElectionRetryPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc cref="OperatorSettings.AutoAttachFinalizers"/>
    public bool AutoAttachFinalizers { get; set; } = true;

    /// <inheritdoc cref="OperatorSettings.AutoDetachFinalizers"/>
    public bool AutoDetachFinalizers { get; set; } = true;

    /// <inheritdoc cref="OperatorSettings.ReconcileStrategy"/>
    public ReconcileStrategy ReconcileStrategy { get; set; } = ReconcileStrategy.ByGeneration;

    /// <inheritdoc cref="OperatorSettings.ParallelReconciliation"/>
    public ParallelReconciliationSettingsBuilder ParallelReconciliation { get; set; } = new();

    /// <summary>The settings as they stand.</summary>
    public OperatorSettings Build() => new()
    {
        Name = Name,
        Namespace = Namespace,
        LeaderElectionType = LeaderElectionType,
        LeaderElectionLeaseDuration = LeaderElectionLeaseDuration,
        LeaderElectionRenewDeadline = LeaderElectionRenewDeadline,
        LeaderElectionRetryPeriod = LeaderElectionRetryPeriod,
        AutoAttachFinalizers = AutoAttachFinalizers,
        AutoDetachFinalizers = AutoDetachFinalizers,
        ReconcileStrategy = ReconcileStrategy,
        ParallelReconciliation = ParallelReconciliation.Build(),
    };
}
