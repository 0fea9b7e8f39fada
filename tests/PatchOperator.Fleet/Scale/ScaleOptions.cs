using PatchOperator.Fleet.Kubelet;

namespace PatchOperator.Fleet.Scale;

/// <summary>What is measured, and on what.</summary>
internal sealed record ScaleOptions
{
    /// <summary>The published operator.</summary>
    public required string Folder { get; init; }

    /// <summary>The sources that it was built from: their <c>config</c> is applied.</summary>
    public required string Source { get; init; }

    public required int Nodes { get; init; }

    public required Delays Delays { get; init; }

    /// <summary>Security updates pending on each node.</summary>
    public required int Pending { get; init; }

    public required int PodsPerNode { get; init; }

    /// <summary>How many policies select the fleet, of which the first has it.</summary>
    public required int Policies { get; init; }

    /// <summary>How many nodes the operator scans at once; null for its default.</summary>
    public required int? MaxScans { get; init; }

    /// <summary>Between two writes of a node's status.</summary>
    public required TimeSpan Heartbeat { get; init; }

    /// <summary>How long the steady state is watched.</summary>
    public required TimeSpan Steady { get; init; }

    /// <summary>Whether the leader is killed, frozen and cut off in mid-rollout.</summary>
    public required RolloutChoice Rollouts { get; init; }

    /// <summary>The longest that one phase may take.</summary>
    public required TimeSpan Limit { get; init; }

    /// <summary>A tenth, as the policy asks for; one at least.</summary>
    public int Slots => Math.Max(1, Nodes / 10);
}
