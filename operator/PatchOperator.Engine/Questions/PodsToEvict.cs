using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Questions;

/// <summary>Which pods must still leave a node.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Ignored">Pods that are left alone, by their labels; null: none.</param>
public sealed record PodsToEvict(string Node, V1LabelSelector? Ignored = null) : Question<DrainFacts>
{
    /// <summary>Of the node of a NodePatch, as its operation says.</summary>
    public static PodsToEvict Of(NodePatch patch) => new(patch.Metadata.Name, patch.Spec.Operation?.Settings.Drain.IgnorePodSelector);

    /// <inheritdoc/>
    public override string Words => $"the pods of node {Node}";
}
