using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes.Steps;

namespace PatchOperator.Engine.Nodes;

/// <summary>
/// Gives a node back when its run was withdrawn or its NodePatch is being deleted. A package manager at work is waited for, and so is
/// a reboot: both would leave the node worse than they found it.
/// </summary>
internal static class Withdrawal
{
    public static Decision<NodePatchStatus> Decide(NodeInput input) => WaitsFor(input) is { } reason
        ? new Decision<NodePatchStatus> { Status = input.Status, Why = $"withdrawn: {reason} first", WakeUp = TimeSpan.FromSeconds(10) }
        : Restore(input);

    private static string? WaitsFor(NodeInput input)
    {
        if (!Slots.InFlight(input.Status))
            return null;
        return input.Status.Phase switch
        {
            NodePhase.Patching when input.Job is { Finished: false } => "the package manager finishes",
            NodePhase.Rebooting when !RebootStep.IsBack(input) && input.Now < Deadline(input) => "the node comes back from its reboot",
            _ => null,
        };
    }

    // The operation, and with it the time-out, may be gone from the spec.
    private static DateTimeOffset Deadline(NodeInput input) =>
        RebootStep.Deadline(input, input.Spec.Operation?.Settings ?? new RunSettings());

    private static Decision<NodePatchStatus> Restore(NodeInput input) => new()
    {
        Effects =
            [.. Jobs.Delete(input, job => true), .. input.Node!.CordonedBy is null ? [] : new[] { new Uncordon(new NodeKey(input.Node.Name, input.Node.Uid)) }],
        Status = input.Status with { Phase = NodePhase.Idle, Job = null, Attempt = 0, BootIdBefore = null, LastOperation = Record(input) },
        Released = input.Deleting,
        Why = "restored",
    };

    // An operation that has not begun is over as well, or it would hold its slot for as long as a node takes to leave.
    private static OperationRecord? Record(NodeInput input)
    {
        var (operation, last) = (input.Spec.Operation, input.Status.LastOperation);
        if (!Slots.IsHeld(input.Spec, input.Status))
            return last;
        var begun = Slots.InFlight(input.Status) ? last! : new OperationRecord { Run = operation!.Run, RunUid = operation.RunUid, StartedAt = input.Now };
        return begun with
        {
            Result = OperationResult.Cancelled,
            Reason = Reasons.OperationCancelled,
            Message = input.Node!.Leaving ? "the node is about to be removed; it was restored" : "the run was withdrawn; the node was restored",
            FinishedAt = input.Now,
        };
    }
}
