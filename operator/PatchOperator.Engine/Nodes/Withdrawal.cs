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
    /// <summary>How soon a node is looked at again that waits for something which wakes nobody.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    public static Decision<NodePatchStatus> Decide(NodeInput input) => WaitsFor(input) is { } reason
        ? new Decision<NodePatchStatus> { Status = input.Status, Why = $"withdrawn: {reason} first", WakeUp = Look }
        : Restore(input);

    private static string? WaitsFor(NodeInput input)
    {
        if (!Slots.InFlight(input.Status))
            return null;
        return input.Status.Phase switch
        {
            NodePhase.Patching or NodePhase.RollingBack when input.Job is { Finished: false } => "the package manager finishes",
            NodePhase.Rebooting when !RebootStep.IsBack(input) && input.Now < Deadline(input) => "the node comes back from its reboot",
            _ => null,
        };
    }

    // The operation, and with it the time-out, may be gone from the spec.
    private static DateTimeOffset Deadline(NodeInput input) =>
        RebootStep.Deadline(input, input.Spec.Operation?.Settings ?? new RunSettings());

    private static Decision<NodePatchStatus> Restore(NodeInput input) => new()
    {
        Effects = [.. Jobs.Delete(input, job => true), .. GiveBack(input)],
        Status = input.Status with { Phase = NodePhase.Idle, Job = null, Attempt = 0, BootIdBefore = null, LastOperation = Record(input) },
        Released = input is { Deleting: true, AwaitsRecord: false },
        Why = "restored",
        WakeUp = input.AwaitsRecord ? Look : null,
    };

    // Once its NodePatch is gone, nobody looks at the node any more: a cordon that no cache has heard of yet must go with it.
    private static IEnumerable<Effect> GiveBack(NodeInput input)
    {
        var isCordoned = input.Node!.CordonedBy is not null;
        return
        [
            .. isCordoned ? [] : Untaint.Of(input),
            .. isCordoned || input.Deleting ? [new Uncordon(new NodeKey(input.Node.Name, input.Node.Uid))] : Array.Empty<Effect>(),
        ];
    }

    // An operation that has not begun is over as well, or it would hold its slot for as long as a node takes to leave.
    private static OperationRecord? Record(NodeInput input)
    {
        var (operation, last) = (input.Spec.Operation, input.Status.LastOperation);
        if (!Slots.IsHeld(input.Spec, input.Status))
            return last;
        var begun = Slots.InFlight(input.Status) ? last! : TurnRecord.Begin(input, operation!);
        return TurnRecord.End(input, begun) with
        {
            Result = OperationResult.Cancelled,
            Reason = Reasons.OperationCancelled,
            Message = input.Node!.Leaving ? "the node is about to be removed; it was restored" : "the run was withdrawn; the node was restored",
        };
    }
}
