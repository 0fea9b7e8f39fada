using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>The frozen plan. Equal plans have equal digests; see <see cref="PlanReference.Digest"/>.</summary>
public sealed record PatchPlanSpec
{
    /// <summary>The policy as it was when the plan was made.</summary>
    public PolicyReference Policy { get; init; } = new();

    /// <summary>The run whose changes are taken back; absent where nodes are patched.</summary>
    public RunReference? Undoes { get; init; }

    /// <summary>What the policy said when the plan was made.</summary>
    public RunSettings Settings { get; init; } = new();

    /// <summary>Whether the run begins by itself, which is not written, or once a person has approved this plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ApprovalMode Approval { get; init; }

    /// <summary>How many nodes may fail one after the other before the run halts; absent: as many as the threshold lets.</summary>
    public int? MaxConsecutiveFailures { get; init; }

    /// <summary>The label of which one value at a time has nodes that are unavailable; absent: no such rule.</summary>
    public string? TopologyKey { get; init; }

    /// <summary>The waves that have nodes, in order; absent where the policy has none.</summary>
    public List<PlanWave>? Waves { get; init; }

    /// <summary>What must be well for the run to go on; absent where the policy has none.</summary>
    public List<HealthCheck>? HealthChecks { get; init; }

    /// <summary>The nodes to patch, in order; at most 10,000.</summary>
    public List<RunNode> Nodes { get; init; } = [];

    /// <summary>What is approved: the same versions for the first node and for the last.</summary>
    public List<RunUpdate> Updates { get; init; } = [];
}
