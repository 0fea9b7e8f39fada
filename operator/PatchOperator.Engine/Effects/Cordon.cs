using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Mark a node unschedulable and ours to undo, in one write, unless somebody else was faster.</summary>
public sealed record Cordon(NodeKey Node, string Run) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"cordon node {Node.Name}";
}
