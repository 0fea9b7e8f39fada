namespace PatchOperator.Api;

/// <summary>What the operator found when it cordoned a node, so that it can leave the node as it was.</summary>
public sealed record CordonState
{
    /// <summary>The run that cordoned the node; absent when somebody else had.</summary>
    public string? By { get; init; }

    /// <summary>Whether the node was unschedulable before its turn; then it stays so.</summary>
    public bool PriorUnschedulable { get; init; }
}
