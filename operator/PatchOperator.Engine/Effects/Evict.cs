using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Ask for the eviction of pods, each by its UID. What was answered shows in the next look at the node's pods.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Pods">The pods.</param>
/// <param name="GracePeriodSeconds">How long each is given to end; null: as long as it says itself.</param>
public sealed record Evict(string Node, IReadOnlyList<PodToEvict> Pods, int? GracePeriodSeconds = null) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"evict {Pods.Count} pods from node {Node}";
}
