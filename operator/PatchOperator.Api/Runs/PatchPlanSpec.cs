namespace PatchOperator.Api;

/// <summary>The frozen plan. Equal plans have equal digests; see <see cref="PlanReference.Digest"/>.</summary>
public sealed record PatchPlanSpec
{
    /// <summary>The policy as it was when the plan was made.</summary>
    public PolicyReference Policy { get; init; } = new();

    /// <summary>What the policy said when the plan was made.</summary>
    public RunSettings Settings { get; init; } = new();

    /// <summary>The nodes to patch, in order; at most 10,000.</summary>
    public List<RunNode> Nodes { get; init; } = [];

    /// <summary>What is approved: the same versions for the first node and for the last.</summary>
    public List<RunUpdate> Updates { get; init; } = [];
}
