using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Ask for the eviction of pods, each by its UID. What was answered shows in the next look at the node's pods.</summary>
public sealed record Evict(string Node, IReadOnlyList<PodToEvict> Pods) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"evict {Pods.Count} pods from node {Node}";
}
