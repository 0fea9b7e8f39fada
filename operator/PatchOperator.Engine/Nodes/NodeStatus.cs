using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Nodes;

/// <summary>The parts of a NodePatch's status that follow from the others.</summary>
internal static class NodeStatus
{
    public static NodePatchStatus Complete(NodeInput input, Decision<NodePatchStatus> decision)
    {
        var status = decision.Status with { Quarantine = Quarantines.Next(input, decision.Status) };
        var assessment = input.Policy?.Assess(status, input.Node?.ExemptBecause);
        if (assessment is not null && input.Node?.ExemptBecause is null)
            status = UpdateStates.Tell(status, input.Spec.Operation, input.Policy!.Spec.Updates, assessment);
        else if (status.PendingStates is not null)
            status = UpdateStates.Forget(status);
        return status with
        {
            ObservedGeneration = input.Generation,
            Blocked = status.Phase == NodePhase.Draining ? status.Blocked : null,
            PhaseSince = status.Phase == input.Status.Phase && status.PhaseSince is not null ? status.PhaseSince : input.Now,
            JobSince = status.Job is null ? null : status.Job == input.Status.Job ? status.JobSince ?? input.Now : input.Now,
            Compliance = assessment is null ? status.Compliance : Compliance.Of(input.Policy!.Name, assessment, status, input.Now),
            Conditions = Conditions(input, status, decision.Why),
        };
    }

    private static List<Condition> Conditions(NodeInput input, NodePatchStatus status, string why)
    {
        // What cannot be done yet is no less asked for.
        var busy = Slots.IsHeld(input.Spec, status) || status.Refused is not null;
        var failed = status.Phase == NodePhase.Failed;
        var (reason, message) = status.Refused is { } refused ? (Reasons.ApiRefused, refused.Message)
            : busy ? (Reasons.OperationInProgress, why)
            : failed ? (Reasons.OperationFailed, status.LastOperation?.Message ?? why)
            : (Reasons.Idle, "nothing is asked of the node");
        return new Conditions(status.Conditions, input.Generation, input.Now)
            .Add(ConditionTypes.Ready, !busy && !failed, reason, message)
            .Add(ConditionTypes.Reconciling, busy, reason, message)
            .Add(ConditionTypes.Stalled, failed && !busy, reason, message)
            .ToList();
    }
}
