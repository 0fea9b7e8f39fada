using PatchOperator.Api;
using PatchOperator.Engine.Policies;

namespace PatchOperator.Engine.Runs;

/// <summary>Everything a decision about one run is made from.</summary>
public sealed record RunInput
{
    public required PatchRun Run { get; init; }

    /// <summary>The policy the run was made from; null when it is gone or being deleted.</summary>
    public required PatchPolicy? Policy { get; init; }

    /// <summary>Every node of the cluster, by name.</summary>
    public required IReadOnlyDictionary<string, NodeView> Nodes { get; init; }

    /// <summary>The nodes that belong to the policy now: its budget is counted over them.</summary>
    public required IReadOnlyList<NodeView> Members { get; init; }

    /// <summary>The states of the policy's windows.</summary>
    public IReadOnlyList<NamedWindow> Windows { get; init; } = [];

    public required FleetBudget Fleet { get; init; }

    /// <summary>Every ImageBaseline.</summary>
    public IReadOnlyList<ImageBaseline> Baselines { get; init; } = [];

    /// <summary>Whether a person has set the annotation that resumes a halted run.</summary>
    public bool ResumeRequested { get; init; }

    public required DateTimeOffset Now { get; init; }
}
