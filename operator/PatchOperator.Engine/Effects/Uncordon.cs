using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Undo our cordon; nothing when the node is not cordoned by us.</summary>
public sealed record Uncordon(NodeKey Node) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"uncordon node {Node.Name}";
}
