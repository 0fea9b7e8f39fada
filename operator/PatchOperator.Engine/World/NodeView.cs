using PatchOperator.Api;
using PatchOperator.Engine.Compliances;

namespace PatchOperator.Engine.World;

/// <summary>
/// A live Node joined with its NodePatch and with the policy that it belongs to. Made anew when one of the three changes, so that what follows from
/// them is computed once.
/// </summary>
/// <param name="Node">The live Node.</param>
/// <param name="Patch">Its NodePatch; null when there is none yet for this very Node.</param>
/// <param name="Policy">What the policy that it belongs to asks for; null when it belongs to none.</param>
public sealed record NodeView(NodeFacts Node, NodePatch? Patch, PolicyTerms? Policy)
{
    private static readonly NodePatchStatus Nothing = new();

    private Assessment? assessment;

    /// <summary>Null when there is no NodePatch yet.</summary>
    public NodePatchSpec? Spec => Patch?.Spec;

    /// <summary>Null when there is no NodePatch yet.</summary>
    public NodePatchStatus? Status => Patch?.Status;

    /// <summary>Whether the node takes from a budget of unavailable nodes: for any reason, whoever made it so.</summary>
    public bool IsUnavailable => !Node.Available || HoldsSlot;

    /// <summary>Whether an operation is asked for and not finished.</summary>
    public bool HoldsSlot { get; } = Patch is not null && Slots.IsHeld(Patch.Spec, Patch.Status);

    /// <summary>What the node's policy makes of what is known of it. Of a node without a policy nothing is approved.</summary>
    public Assessment Assessment => assessment ??= Policy is { Errors.Count: 0 } policy
        ? policy.Assess(Status ?? Nothing, Node.ExemptBecause)
        : Assessment.Of(spec: null, Status ?? Nothing, Policy is null ? null : Node.ExemptBecause);
}
