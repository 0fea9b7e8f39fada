using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Taint a node that is not known to be patched as the others of its policy are; nothing when it is tainted so, or its quarantine has ended.</summary>
public sealed record Quarantine(NodeKey Node, string Policy) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"taint node {Node.Name}";

    /// <inheritdoc/>
    public override bool IsOptional => true;
}
