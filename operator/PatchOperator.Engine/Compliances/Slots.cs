using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>Whether a node has its turn.</summary>
public static class Slots
{
    /// <summary>Whether an operation is under way on the node.</summary>
    public static bool InFlight(NodePatchStatus status) => status.LastOperation?.Result == OperationResult.InProgress;

    /// <summary>Whether an operation is asked for and not finished.</summary>
    public static bool IsHeld(NodePatchSpec spec, NodePatchStatus status) =>
        InFlight(status) || (spec.Operation is { } operation && operation.RunUid != status.LastOperation?.RunUid);
}
