namespace PatchOperator.Api;

/// <summary>A node, and what is asked of it.</summary>
public sealed record NodePatchSpec
{
    public string NodeName { get; init; } = "";

    /// <summary>What a run asks of the node: its slot in the budget. Absent when nothing is asked.</summary>
    public NodeOperation? Operation { get; init; }
}
