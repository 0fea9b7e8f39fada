using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Effects;

/// <summary>Begin to track a node.</summary>
public sealed record CreateNodePatch(NodeFacts Node) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"create NodePatch {Node.Name}";
}
