namespace KubeOps.Abstractions.Builder;

/// <summary>The settings of an operator, one after the other.</summary>
public static class OperatorSettingsBuilderExtensions
{
    /// <summary>Sets <see cref="OperatorSettings.Name"/>.</summary>
    public static OperatorSettingsBuilder WithName(this OperatorSettingsBuilder builder, string name)
    {
        builder.Name = name;
        return builder;
    }

    /// <summary>Sets <see cref="OperatorSettings.Namespace"/>.</summary>
    public static OperatorSettingsBuilder WithNamespace(this OperatorSettingsBuilder builder, string? ns)
    {
        builder.Namespace = ns;
        return builder;
    }

    /// <summary>Sets <see cref="OperatorSettings.LeaderElectionType"/>.</summary>
    public static OperatorSettingsBuilder WithLeaderElection(this OperatorSettingsBuilder builder, LeaderElectionType type)
    {
        builder.LeaderElectionType = type;
        return builder;
    }

    /// <summary>Sets the pace of leader election.</summary>
    public static OperatorSettingsBuilder WithLeaderElectionTimings(
        this OperatorSettingsBuilder builder, TimeSpan leaseDuration, TimeSpan renewDeadline, TimeSpan retryPeriod)
    {
        builder.LeaderElectionLeaseDuration = leaseDuration;
        builder.LeaderElectionRenewDeadline = renewDeadline;
        builder.LeaderElectionRetryPeriod = retryPeriod;
        return builder;
    }

    /// <summary>Sets <see cref="OperatorSettings.AutoAttachFinalizers"/>.</summary>
    public static OperatorSettingsBuilder WithAutoAttachFinalizers(this OperatorSettingsBuilder builder, bool value = true)
    {
        builder.AutoAttachFinalizers = value;
        return builder;
    }

    /// <summary>Sets <see cref="OperatorSettings.AutoDetachFinalizers"/>.</summary>
    public static OperatorSettingsBuilder WithAutoDetachFinalizers(this OperatorSettingsBuilder builder, bool value = true)
    {
        builder.AutoDetachFinalizers = value;
        return builder;
    }

    /// <summary>Sets <see cref="OperatorSettings.ReconcileStrategy"/>.</summary>
    public static OperatorSettingsBuilder WithReconcileStrategy(this OperatorSettingsBuilder builder, ReconcileStrategy strategy)
    {
        builder.ReconcileStrategy = strategy;
        return builder;
    }

    /// <summary>Sets <see cref="OperatorSettings.ParallelReconciliation"/>.</summary>
    public static OperatorSettingsBuilder WithParallelReconciliation(
        this OperatorSettingsBuilder builder, Action<ParallelReconciliationSettingsBuilder> configure)
    {
        configure(builder.ParallelReconciliation);
        return builder;
    }
}
