#nullable disable // as the package: no annotations

namespace k8s.LeaderElection;

/// <summary>Who leads, since when, and until when.</summary>
public class LeaderElectionRecord
{
    /// <summary>The leader; empty if there is none.</summary>
    public string HolderIdentity { get; set; }

    /// <summary>How long after a renewal others must wait.</summary>
    public int LeaseDurationSeconds { get; set; }

    /// <summary>Since when this leader leads.</summary>
    public DateTime? AcquireTime { get; set; }

    /// <summary>When it last said so.</summary>
    public DateTime? RenewTime { get; set; }

    /// <summary>How often the leader changed.</summary>
    public int LeaderTransitions { get; set; }
}
