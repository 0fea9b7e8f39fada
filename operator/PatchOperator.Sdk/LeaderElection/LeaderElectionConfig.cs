#nullable disable // as the package: no annotations

namespace k8s.LeaderElection;

/// <summary>What an elector competes for, and its pace.</summary>
public class LeaderElectionConfig
{
    /// <summary>Competes for this record.</summary>
    public LeaderElectionConfig(ILock @lock) => Lock = @lock;

    /// <summary>The record.</summary>
    public ILock Lock { get; set; }

    /// <summary>How long others wait after the last renewal they saw.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader tries to renew before it gives up; shorter than <see cref="LeaseDuration"/>.</summary>
    public TimeSpan RenewDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two tries.</summary>
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromSeconds(2);
}
