using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;

namespace PatchOperator.Engine.Policies;

/// <summary>A live Node together with its NodePatch, if there is one yet for this very Node.</summary>
public sealed record NodeView(NodeFacts Node, NodePatchSpec? Spec, NodePatchStatus? Status)
{
    /// <summary>Whether the node takes from a budget of unavailable nodes: for any reason, whoever made it so.</summary>
    public bool IsUnavailable => !Node.Available || HoldsSlot;

    public bool HoldsSlot => Spec is not null && NodePhases.HoldsSlot(Spec, Status ?? new NodePatchStatus());
}
