using PatchOperator.Api;

namespace PatchOperator.Engine.Nodes;

/// <summary>
/// What to do about one node: the actions in order, then the status. Each action can be repeated without harm, so that a crash
/// between any two of them, or before the status is written, leads to the same decision again.
/// </summary>
public sealed record NodeDecision
{
    public IReadOnlyList<NodeAction> Actions { get; init; } = [];

    public required NodePatchStatus Status { get; init; }

    /// <summary>When to look again though nothing has changed; null when only a change can matter.</summary>
    public TimeSpan? WakeUp { get; init; }

    /// <summary>The decision's reason in words.</summary>
    public required string Why { get; init; }

    /// <summary>Something a person may want to know of.</summary>
    public EngineEvent? Event { get; init; }

    /// <summary>Whether a NodePatch that is being deleted may go.</summary>
    public bool Released { get; init; }
}
