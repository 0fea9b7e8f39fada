using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Take the taint of nodes that are not known to be patched off one whose quarantine has ended, whoever put it there; nothing when it lasts.</summary>
public sealed record LiftQuarantine(NodeKey Node) : Effect
{
    /// <summary>Whether nobody wants the taint any more: then one that the operator has put there goes though the node was not verified.</summary>
    public bool IsUnwanted { get; init; }

    /// <inheritdoc/>
    public override string Words => $"take the taint off node {Node.Name}";

    /// <inheritdoc/>
    public override bool IsOptional => !IsUnwanted;
}
