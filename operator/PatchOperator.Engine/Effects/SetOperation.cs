using PatchOperator.Api;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Reserve a node's slot, or with null take back what is asked of it.</summary>
public sealed record SetOperation(string Node, NodeOperation? Operation) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"write spec.operation of NodePatch {Node}";
}
