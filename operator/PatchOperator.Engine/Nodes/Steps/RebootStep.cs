using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>Has the agent reboot the node, and waits until it is up again with another boot ID. Any boot since the finding will do, whoever made it.</summary>
internal sealed class RebootStep : IStep
{
    public OperationStep Name => OperationStep.Reboot;

    public NodePhase Phase => NodePhase.Rebooting;

    public bool IsNeeded(NodeInput turn) => IsDue(turn);

    /// <summary>Whether a reboot is due that this turn has not had yet.</summary>
    public static bool IsDue(NodeInput turn) =>
        turn.Record.RebootedAt is null
        && (IsAskedFor(turn)
            || (!IsSettledByAnother(turn) && (turn.Settings.Reboot.Mode == RebootMode.Always || Approval.RebootDue(turn.Settings.Reboot.Mode, turn.Status))));

    /// <summary>Whether a reboot is due that nobody has asked for yet.</summary>
    public static bool MayStillStop(NodeInput turn) => IsDue(turn) && !IsAskedFor(turn);

    /// <summary>Whether what is known was found out in an earlier boot than this one, whoever made it.</summary>
    public static bool IsSettledByAnother(NodeInput turn) => turn.Status.Node is { BootId: { Length: > 0 } found } && found != turn.Node!.BootId;

    // The Job may be there though its making was not written down. Whether it has done its work or is still to do it: it must be waited for.
    private static bool IsAskedFor(NodeInput turn) =>
        turn.Status.Phase == NodePhase.Rebooting || turn.Jobs.ContainsKey(JobRequests.NameOf(turn, OperationStep.Reboot, attempt: 1));

    /// <summary>When a reboot that was asked for counts as failed.</summary>
    public static DateTimeOffset Deadline(NodeInput turn, RunSettings settings) =>
        (turn.Status.PhaseSince ?? turn.Now) + Durations.Parse(settings.Reboot.Timeout);

    /// <summary>Whether the node is up again, with another boot ID than before.</summary>
    public static bool IsBack(NodeInput turn) => turn.Node!.BootId != turn.Status.BootIdBefore && turn.Node.Ready;

    public StepAnswer Begin(NodeInput turn)
    {
        var request = JobRequests.ForStep(turn, OperationStep.Reboot, attempt: 1);
        // The Job may have been made, and have done its work, before its making was written down: it knows the boot ID it was made under.
        var existing = turn.Jobs.GetValueOrDefault(request.Name);
        var status = turn.Status with { Phase = Phase, BootIdBefore = existing?.BootId ?? turn.Node!.BootId, Job = request.Name, Attempt = 1 };
        return new StepAnswer.Wait(turn with { Status = status }, "rebooting", Durations.Parse(turn.Settings.Reboot.Timeout))
        {
            Effects = existing is null ? [new CreateJob(request)] : [],
        };
    }

    public StepAnswer Continue(NodeInput turn)
    {
        var job = turn.Job;
        if (IsBack(turn))
        {
            return new StepAnswer.Done(turn.With(turn.Record with { RebootedAt = turn.Now }))
            {
                // A reboot Job that had not run yet would reboot the node once more.
                Effects = job is { Finished: false } or { Overdue: true } ? [new DeleteJob(job.Name)] : [],
            };
        }

        if (job is { Report: { Succeeded: false } report })
            return new StepAnswer.Failed(turn, report.Reason, report.Message);
        var deadline = Deadline(turn, turn.Settings);
        if (turn.Now < deadline)
            return new StepAnswer.Wait(turn, $"rebooting{Problem(job)}", deadline - turn.Now);
        var state = turn.Node!.BootId == turn.Status.BootIdBefore ? $"it has not rebooted{Problem(job)}" : "it has rebooted, but is not Ready";
        return new StepAnswer.Failed(turn, Reasons.RebootTimedOut, $"the node did not come back within {turn.Settings.Reboot.Timeout}: {state}");
    }

    // Of one that has ended in time the pod is lost with its node.
    private static string Problem(JobFacts? job) =>
        job is { Problem: { } problem } and ({ Finished: false } or { Overdue: true }) ? $": {problem}" : "";
}
