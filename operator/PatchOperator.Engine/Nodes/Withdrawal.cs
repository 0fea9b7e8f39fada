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

    private static Decision<NodePatchStatus> Restore(NodeInput input)
    {
        var record = Slots.InFlight(input.Status)
            ? input.Status.LastOperation! with
            {
                Result = OperationResult.Cancelled,
                Reason = Reasons.OperationCancelled,
                Message = "the run was withdrawn; the node was restored",
                FinishedAt = input.Now,
            }
            : input.Status.LastOperation;
        return new Decision<NodePatchStatus>
        {
            Effects = [.. Jobs.Delete(input, job => true), .. input.Node!.CordonedBy is null ? [] : new[] { new Uncordon(new NodeKey(input.Node.Name, input.Node.Uid)) }],
            Status = input.Status with { Phase = NodePhase.Idle, Job = null, Attempt = 0, BootIdBefore = null, LastOperation = record },
            Released = input.Deleting,
            Why = "restored",
        };
    }
}
