namespace PatchOperator.Api;

/// <summary>What happens when a node's turn fails.</summary>
public sealed record FailureSettings
{
    /// <summary>What becomes of the node, where it is healthy.</summary>
    public FailureAction Action { get; init; }
}
