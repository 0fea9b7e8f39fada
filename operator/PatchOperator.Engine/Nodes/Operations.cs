using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes;

/// <summary>
/// The course of an operation on a node: cordon, drain, patch, reboot, verify, uncordon. Draining comes before patching when it is
/// known by then that it is needed, and before the reboot when the patch step finds one due.
/// </summary>
internal static class Operations
{
    /// <summary>How often a Job that ended without a report, as when a restart of the container runtime killed it, is tried.</summary>
    public const int MaxAttempts = 3;

    /// <summary>How soon pods that could not be evicted are tried again.</summary>
    public static readonly TimeSpan EvictionRetry = TimeSpan.FromSeconds(5);

    public static NodeDecision Start(NodeInput input)
    {
        var operation = input.Spec.Operation!;
        var prior = input.Node is { Unschedulable: true, CordonedBy: null };
        var started = input with
        {
            Status = input.Status with
            {
                LastOperation = new OperationRecord
                {
                    Run = operation.Run,
                    RunUid = operation.RunUid,
                    Result = OperationResult.InProgress,
                    StartedAt = input.Now,
                },
                Cordon = new CordonState { By = prior ? null : operation.Run, PriorUnschedulable = prior },
                BootIdBefore = null,
                Attempt = 0,
            },
        };
        var next = DrainsFirst(operation, input.Status) ? EnterDrain(started, "before patching") : PatchOrGoOn(started);
        return KeepCordoned(started, next) with { Event = new EngineEvent(Reasons.OperationInProgress, $"run {operation.Run} starts on the node") };
    }

    public static NodeDecision Continue(NodeInput input) => input.Status.Phase switch
    {
        NodePhase.Draining => KeepCordoned(input, Drain(input)),
        NodePhase.Patching => KeepCordoned(input, AwaitJob(input, OperationStep.Patch, AfterPatch)),
        NodePhase.Rebooting => KeepCordoned(input, Reboot(input)),
        NodePhase.Verifying => AwaitJob(input, OperationStep.Verify, AfterVerify),
        var phase => Fail(input, OperationStep.Patch, Reasons.OperationFailed, $"no operation can be in phase {phase}"),
    };

    /// <summary>When a reboot that was asked for counts as failed.</summary>
    public static DateTimeOffset RebootDeadline(NodeInput input, RunSettings settings) =>
        (input.Status.PhaseSince ?? input.Now) + Durations.Parse(settings.Reboot.Timeout);

    /// <summary>Whether the node is up again, with another boot ID than before.</summary>
    public static bool IsBack(NodeInput input) => input.Node!.BootId != input.Status.BootIdBefore && input.Node.Ready;

    private static RunSettings Settings(NodeInput input) => input.Spec.Operation!.Settings;

    private static OperationRecord Record(NodeInput input) => input.Status.LastOperation!;

    private static bool DrainsFirst(NodeOperation operation, NodePatchStatus status) => operation.Settings.Drain.Mode switch
    {
        DrainMode.Always => true,
        DrainMode.Never => false,
        _ => operation.Settings.Reboot.Mode == RebootMode.Always || Approval.RebootDue(operation.Settings.Reboot.Mode, status),
    };

    // Somebody may uncordon a node in the middle of its turn; pods must not come back to it.
    private static NodeDecision KeepCordoned(NodeInput input, NodeDecision decision) =>
        input.Node!.Unschedulable || decision.Status.Phase is not (NodePhase.Draining or NodePhase.Patching or NodePhase.Rebooting or NodePhase.Verifying)
            ? decision
            : decision with { Actions = [new NodeAction.Cordon(Record(input).Run), .. decision.Actions] };

    private static NodeDecision EnterDrain(NodeInput input, string when) => new()
    {
        Status = input.Status with { Phase = NodePhase.Draining, Job = null, Attempt = 0 },
        Why = $"draining {when}",
    };

    private static NodeDecision Drain(NodeInput input)
    {
        if (input.Drain is not { } drain)
            return Wait(input, "draining", EvictionRetry);
        if (drain.Remaining.Count == 0)
            return PatchOrGoOn(input with { Status = input.Status with { LastOperation = Record(input) with { DrainedAt = input.Now } } });
        if (drain.Remaining.FirstOrDefault(pod => pod.Answer == EvictionAnswer.Impossible) is { } impossible)
            return Fail(input, OperationStep.Drain, Reasons.DrainMisconfigured, $"pod {impossible} cannot be evicted: {impossible.AnswerMessage}");

        var blocked = drain.Remaining.FirstOrDefault(pod => pod.Answer == EvictionAnswer.Blocked);
        var timeout = Settings(input).Drain.Timeout;
        if (input.Now >= input.Status.PhaseSince + Durations.Parse(timeout))
        {
            var pod = blocked ?? drain.Remaining[0];
            var left = blocked is null ? "has not terminated" : $"is blocked: {blocked.AnswerMessage}";
            return Fail(input, OperationStep.Drain, Reasons.DrainTimedOut, $"{drain.Remaining.Count} pods were left after {timeout}; pod {pod} {left}");
        }

        var evict = drain.Remaining.Where(pod => !pod.Terminating).ToList();
        return Wait(input, blocked is null ? "draining" : $"draining: pod {blocked} is blocked: {blocked.AnswerMessage}", EvictionRetry) with
        {
            Actions = evict.Count == 0 ? [] : [new NodeAction.Evict(evict)],
        };
    }

    private static NodeDecision PatchOrGoOn(NodeInput input) =>
        Record(input).PatchedAt is null && (input.Spec.Operation!.Updates.Count > 0 || Approval.IsIncomplete(input.Status))
            ? StartJob(input, OperationStep.Patch, attempt: 1)
            : RebootOrVerify(input, Approval.RebootDue(Settings(input).Reboot.Mode, input.Status));

    private static NodeDecision AfterPatch(NodeInput input, StepReport report)
    {
        var patched = input with
        {
            Status = Inventory.Apply(input.Status, report, input.Node!, input.Now) with
            {
                LastOperation = Record(input) with { PatchedAt = input.Now, Changed = [.. report.Changed.Take(Inventory.MaxListed)] },
            },
        };
        return RebootOrVerify(patched, Approval.RebootDue(Settings(input).Reboot.Mode, patched.Status));
    }

    private static NodeDecision RebootOrVerify(NodeInput input, bool rebootDue)
    {
        var settings = Settings(input);
        if (Record(input).RebootedAt is not null || !(rebootDue || settings.Reboot.Mode == RebootMode.Always))
            return StartJob(input, OperationStep.Verify, attempt: 1);
        return settings.Drain.Mode != DrainMode.Never && Record(input).DrainedAt is null ? EnterDrain(input, "before the reboot") : StartReboot(input);
    }

    private static NodeDecision StartReboot(NodeInput input)
    {
        var request = JobRequests.ForStep(input, OperationStep.Reboot, attempt: 1);
        // The Job may have been made, and have done its work, before its making was written down: it knows the boot ID it was made under.
        var existing = input.Jobs.GetValueOrDefault(request.Name);
        return new NodeDecision
        {
            Actions = existing is null ? [new NodeAction.CreateJob(request)] : [],
            Status = input.Status with
            {
                Phase = NodePhase.Rebooting,
                BootIdBefore = existing?.BootId ?? input.Node!.BootId,
                Job = request.Name,
                Attempt = 1,
            },
            WakeUp = Durations.Parse(Settings(input).Reboot.Timeout),
            Why = "rebooting",
        };
    }

    private static NodeDecision Reboot(NodeInput input)
    {
        var job = input.Status.Job is { } name ? input.Jobs.GetValueOrDefault(name) : null;
        if (IsBack(input))
        {
            var back = input with { Status = input.Status with { LastOperation = Record(input) with { RebootedAt = input.Now } } };
            var verify = StartJob(back, OperationStep.Verify, attempt: 1);
            // A reboot Job that had not run yet would reboot the node once more.
            return job is { Finished: false } ? verify with { Actions = [new NodeAction.DeleteJob(job.Name), .. verify.Actions] } : verify;
        }

        if (job is { Report: { Succeeded: false } report })
            return Fail(input, OperationStep.Reboot, report.Reason, report.Message);
        var deadline = RebootDeadline(input, Settings(input));
        if (input.Now < deadline)
            return Wait(input, "rebooting", deadline - input.Now);
        var state = input.Node!.BootId == input.Status.BootIdBefore ? "it has not rebooted" : "it has rebooted, but is not Ready";
        return Fail(input, OperationStep.Reboot, Reasons.RebootTimedOut, $"the node did not come back within {Settings(input).Reboot.Timeout}: {state}");
    }

    private static NodeDecision AfterVerify(NodeInput input, StepReport report)
    {
        var settings = Settings(input);
        var seen = input with { Status = Inventory.Apply(input.Status, report, input.Node!, input.Now) };
        if (Approval.RebootDue(settings.Reboot.Mode, seen.Status))
        {
            return Record(input).RebootedAt is null
                ? RebootOrVerify(seen, rebootDue: true)
                : Fail(seen, OperationStep.Verify, Reasons.RebootStillRequired, $"the node asks for a reboot right after one: {string.Join("; ", report.RebootBecause)}");
        }

        if (!input.Node!.Ready)
        {
            var deadline = RebootDeadline(input, settings);
            return input.Now >= deadline
                ? Fail(seen, OperationStep.Verify, Reasons.NodeNotReady, $"the node is patched but was not Ready within {settings.Reboot.Timeout}")
                : Wait(input, "verified; waiting for the node to be Ready", deadline - input.Now);
        }

        var settled = Latest(input.Node.ReadySince, Record(input).RebootedAt) + TimeSpan.FromSeconds(settings.Rollout.MinReadySeconds);
        return input.Now < settled
            ? Wait(input, $"verified; waiting until the node has been Ready for {settings.Rollout.MinReadySeconds} s", settled.Value - input.Now)
            : Succeed(seen);
    }

    private static DateTimeOffset? Latest(DateTimeOffset? first, DateTimeOffset? second) =>
        first is null ? second : second is null ? first : first > second ? first : second;

    private static NodeDecision AwaitJob(NodeInput input, OperationStep step, Func<NodeInput, StepReport, NodeDecision> onSuccess)
    {
        var job = input.Status.Job is { } name ? input.Jobs.GetValueOrDefault(name) : null;
        return job switch
        {
            null => RetryOrFail(input, step, "its Job was deleted before its report was read"),
            { Report: { Succeeded: true } report } => onSuccess(input, report),
            { Report: { } report } => Fail(WithInventory(input, report), step, report.Reason, report.Message),
            { Finished: false } => Wait(input, job.Problem is null ? $"{step} is under way" : $"{step} is under way: {job.Problem}", wakeUp: null),
            { TimedOut: true, Problem: { } problem } => Fail(input, step, Reasons.JobNotStarted, $"the Job {job.Name} did not start in time: {problem}"),
            { TimedOut: true } => Fail(input, step, Reasons.JobTimedOut, $"the Job {job.Name} took longer than it may"),
            _ => RetryOrFail(input, step, job.Problem ?? "its Job ended without a report"),
        };
    }

    // A step that failed may have changed packages all the same, and has often found out what is pending now; if it has not, what was known stays.
    private static NodeInput WithInventory(NodeInput input, StepReport report) => input with
    {
        Status = (report.PendingCount is null ? Inventory.ApplyIncomplete(input.Status, report) : Inventory.Apply(input.Status, report, input.Node!, input.Now)) with
        {
            LastOperation = report.Changed.Count == 0 ? Record(input) : Record(input) with { Changed = [.. report.Changed.Take(Inventory.MaxListed)] },
        },
    };

    private static NodeDecision RetryOrFail(NodeInput input, OperationStep step, string problem) =>
        input.Status.Attempt < MaxAttempts
            ? StartJob(input, step, input.Status.Attempt + 1)
            : Fail(input, step, Reasons.ReportMissing, $"no report after {MaxAttempts} attempts: {problem}");

    private static NodeDecision StartJob(NodeInput input, OperationStep step, int attempt)
    {
        var request = JobRequests.ForStep(input, step, attempt);
        return new NodeDecision
        {
            Actions = [new NodeAction.CreateJob(request)],
            Status = input.Status with
            {
                Phase = step == OperationStep.Patch ? NodePhase.Patching : NodePhase.Verifying,
                Job = request.Name,
                Attempt = attempt,
            },
            Why = $"{step} is under way",
        };
    }

    private static NodeDecision Wait(NodeInput input, string why, TimeSpan? wakeUp) => new() { Status = input.Status, Why = why, WakeUp = wakeUp };

    private static NodeDecision Succeed(NodeInput input)
    {
        var record = Record(input);
        var message = $"{record.Changed.Count} packages changed{(record.RebootedAt is null ? "" : ", rebooted")}, verified";
        return Finish(input, NodePhase.Idle, record with { Result = OperationResult.Succeeded, Reason = Reasons.OperationSucceeded, Message = message }) with
        {
            Event = new EngineEvent(Reasons.OperationSucceeded, $"run {record.Run}: {message}"),
        };
    }

    private static NodeDecision Fail(NodeInput input, OperationStep step, string reason, string message)
    {
        var record = Record(input) with { Result = OperationResult.Failed, Step = step, Reason = reason, Message = Text.Fit(message) };
        return Finish(input, NodePhase.Failed, record) with
        {
            Event = new EngineEvent(reason, $"run {record.Run}: {step} failed: {message}", Warning: true),
        };
    }

    // A failed node that is not Ready keeps our cordon until it is: see Scans.
    private static NodeDecision Finish(NodeInput input, NodePhase phase, OperationRecord record)
    {
        var restores = input.Node!.Ready || phase == NodePhase.Idle;
        var unfinished = input.Jobs.Values.Where(job => !job.Finished).Select(job => new NodeAction.DeleteJob(job.Name));
        return new NodeDecision
        {
            Actions = [.. unfinished, .. restores && input.Node.CordonedBy is not null ? [new NodeAction.Uncordon()] : Array.Empty<NodeAction>()],
            Status = input.Status with
            {
                Phase = phase,
                Job = null,
                Attempt = 0,
                BootIdBefore = null,
                Cordon = restores ? null : input.Status.Cordon,
                LastOperation = record with { FinishedAt = input.Now },
            },
            Why = record.Message ?? "",
        };
    }
}
