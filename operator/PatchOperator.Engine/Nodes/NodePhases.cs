using PatchOperator.Api;

namespace PatchOperator.Engine.Nodes;

/// <summary>Decides the next step of one node: what its operation needs, or its scans while it has none.</summary>
public static class NodePhases
{
    public static NodeDecision Decide(NodeInput input)
    {
        var decision = input switch
        {
            { Node: null } => Gone(input),
            { Deleting: true } => Withdrawal.Decide(input),
            _ when IsWithdrawn(input) => Withdrawal.Decide(input),
            _ when InFlight(input.Status) => Operations.Continue(input),
            _ when IsAsked(input) && input.Status.Job is null => Operations.Start(input),
            _ => Scans.Decide(input),
        };
        return decision with { Status = NodeStatus.Complete(input, decision) };
    }

    /// <summary>Whether the decision needs to know which pods are left on the node.</summary>
    public static bool NeedsDrainFacts(NodePatchStatus status) => InFlight(status) && status.Phase == NodePhase.Draining;

    /// <summary>Whether an operation is under way on the node.</summary>
    public static bool InFlight(NodePatchStatus status) => status.LastOperation?.Result == OperationResult.InProgress;

    /// <summary>Whether the operation of the spec holds a slot: it is asked for and not finished.</summary>
    public static bool HoldsSlot(NodePatchSpec spec, NodePatchStatus status) =>
        InFlight(status) || (spec.Operation is { } operation && operation.RunUid != status.LastOperation?.RunUid);

    private static bool IsAsked(NodeInput input) =>
        input is { RunExists: true, Spec.Operation: { } operation } && operation.RunUid != input.Status.LastOperation?.RunUid;

    private static bool IsWithdrawn(NodeInput input) =>
        InFlight(input.Status) && (!input.RunExists || input.Spec.Operation?.RunUid != input.Status.LastOperation!.RunUid);

    private static NodeDecision Gone(NodeInput input) => new()
    {
        Actions = [.. input.Jobs.Keys.Select(name => new NodeAction.DeleteJob(name))],
        Status = input.Status,
        Released = input.Deleting,
        Why = "the node is gone",
    };
}
