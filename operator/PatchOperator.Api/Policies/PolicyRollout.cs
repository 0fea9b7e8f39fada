namespace PatchOperator.Api;

/// <summary>How the nodes of a policy are patched: who approves it, how many at once, and when to stop.</summary>
public sealed record PolicyRollout : RolloutSettings
{
    /// <summary>Whether a run begins by itself, or once a person has approved its plan.</summary>
    public ApprovalMode Approval { get; init; }

    /// <summary>How many nodes may fail one after the other before the run halts; absent: as many as the threshold lets.</summary>
    public int? MaxConsecutiveFailures { get; init; }

    /// <summary>A label of nodes: of its values, such as zones, one at a time has nodes that are unavailable. Absent: no such rule.</summary>
    public string? TopologyKey { get; init; }

    /// <summary>In which order nodes are patched; those that no wave takes come last.</summary>
    public List<RolloutWave> Waves { get; init; } = [];
}
