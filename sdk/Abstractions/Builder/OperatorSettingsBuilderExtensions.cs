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
}
