using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes;

/// <summary>Everything a decision about one node is made from.</summary>
public sealed record NodeInput
{
    /// <summary>The live Node; null when it is gone or was replaced by another of the same name.</summary>
    public required NodeFacts? Node { get; init; }

    public required NodePatchSpec Spec { get; init; }

    public required NodePatchStatus Status { get; init; }

    /// <summary>Whether the NodePatch is being deleted.</summary>
    public bool Deleting { get; init; }

    public long Generation { get; init; }

    /// <summary>Whether the run that asks for the operation still exists and is not being deleted.</summary>
    public bool RunExists { get; init; }

    /// <summary>The policy that the node belongs to; null when none does, or its spec is invalid.</summary>
    public PatchPolicy? Policy { get; init; }

    /// <summary>Our Jobs on this node, by name.</summary>
    public IReadOnlyDictionary<string, JobFacts> Jobs { get; init; } = new Dictionary<string, JobFacts>();

    /// <summary>Gathered only when <see cref="NodePhases.NeedsDrainFacts"/>.</summary>
    public DrainFacts? Drain { get; init; }

    public required DateTimeOffset Now { get; init; }
}
