using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Take our taint off a node; nothing when it has none.</summary>
public sealed record Unannounce(NodeKey Node) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"take the taint off node {Node.Name}";
}
