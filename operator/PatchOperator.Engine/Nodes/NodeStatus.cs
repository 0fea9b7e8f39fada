using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Nodes;

/// <summary>The parts of a NodePatch's status that follow from the others.</summary>
internal static class NodeStatus
{
    public static NodePatchStatus Complete(NodeInput input, Decision<NodePatchStatus> decision)
    {
        var status = decision.Status;
        return status with
        {
            ObservedGeneration = input.Generation,
            PhaseSince = status.Phase == input.Status.Phase && status.PhaseSince is not null ? status.PhaseSince : input.Now,
            JobSince = status.Job is null ? null : status.Job == input.Status.Job ? status.JobSince ?? input.Now : input.Now,
            Compliance = input.Policy is { } policy ? Compliance.Of(policy.Name, policy.Spec, status, input.Now) : status.Compliance,
            Conditions = Conditions(input, status, decision.Why),
        };
    }

    private static List<Condition> Conditions(NodeInput input, NodePatchStatus status, string why)
    {
        var inFlight = Slots.InFlight(status);
        var failed = status.Phase == NodePhase.Failed;
        var (reason, message) = inFlight ? (Reasons.OperationInProgress, why)
            : failed ? (Reasons.OperationFailed, status.LastOperation?.Message ?? why)
            : (Reasons.Idle, "nothing is asked of the node");
        return new Conditions(status.Conditions, input.Generation, input.Now)
            .Add(ConditionTypes.Ready, !inFlight && !failed, reason, message)
            .Add(ConditionTypes.Reconciling, inFlight, reason, message)
            .Add(ConditionTypes.Stalled, failed && !inFlight, reason, message)
            .ToList();
    }
}
