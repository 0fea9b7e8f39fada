using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Stop tracking a node: its NodePatch goes once the node is restored.</summary>
public sealed record DeleteNodePatch(string Name) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"delete NodePatch {Name}";
}
