using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Taint a node whose turn comes next, so that pods which have to leave others rather go elsewhere; nothing when it is tainted so.</summary>
public sealed record Announce(NodeKey Node, string Run) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"taint node {Node.Name}";

    /// <inheritdoc/>
    public override bool IsOptional => true;
}
