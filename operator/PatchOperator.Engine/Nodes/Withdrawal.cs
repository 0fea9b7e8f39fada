using PatchOperator.Api;

namespace PatchOperator.Engine.Nodes;

/// <summary>
/// Gives a node back when its run was withdrawn or its NodePatch is being deleted. A package manager at work is waited for, and so is
/// a reboot: both would leave the node worse than they found it.
/// </summary>
internal static class Withdrawal
{
    public static NodeDecision Decide(NodeInput input) => WaitsFor(input) is { } reason
        ? new NodeDecision { Status = input.Status, Why = $"withdrawn: {reason} first", WakeUp = TimeSpan.FromSeconds(10) }
        : Restore(input);

    private static string? WaitsFor(NodeInput input)
    {
        if (!NodePhases.InFlight(input.Status))
            return null;
        var job = input.Status.Job is { } name ? input.Jobs.GetValueOrDefault(name) : null;
        return input.Status.Phase switch
        {
            NodePhase.Patching when job is { Finished: false } => "the package manager finishes",
            NodePhase.Rebooting when !Operations.IsBack(input) && input.Now < Deadline(input) => "the node comes back from its reboot",
            _ => null,
        };
    }

    // The operation, and with it the time-out, may be gone from the spec.
    private static DateTimeOffset Deadline(NodeInput input) =>
        Operations.RebootDeadline(input, input.Spec.Operation?.Settings ?? new RunSettings());

    private static NodeDecision Restore(NodeInput input)
    {
        var record = NodePhases.InFlight(input.Status)
            ? input.Status.LastOperation! with
            {
                Result = OperationResult.Cancelled,
                Reason = Reasons.OperationCancelled,
                Message = "the run was withdrawn; the node was restored",
                FinishedAt = input.Now,
            }
            : input.Status.LastOperation;
        return new NodeDecision
        {
            Actions =
            [
                .. input.Jobs.Keys.Select(name => new NodeAction.DeleteJob(name)),
                .. input.Node!.CordonedBy is null ? Array.Empty<NodeAction>() : [new NodeAction.Uncordon()],
            ],
            Status = input.Status with { Phase = NodePhase.Idle, Job = null, Attempt = 0, Cordon = null, BootIdBefore = null, LastOperation = record },
            Released = input.Deleting,
            Why = "restored",
        };
    }
}
