using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;

namespace PatchOperator.Engine.Policies;

/// <summary>What to do about one policy.</summary>
public sealed record PolicyDecision
{
    /// <summary>Nodes that need a NodePatch.</summary>
    public IReadOnlyList<NodeFacts> Track { get; init; } = [];

    /// <summary>The run to make; one that exists under the name is the same run.</summary>
    public NewRun? Run { get; init; }

    /// <summary>Finished runs beyond those that are kept.</summary>
    public IReadOnlyList<string> Prune { get; init; } = [];

    public required PatchPolicyStatus Status { get; init; }

    /// <summary>When to look again though nothing has changed.</summary>
    public TimeSpan? WakeUp { get; init; }

    public EngineEvent? Event { get; init; }
}
