using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Runs.Gates;

namespace PatchOperator.Engine.Runs;

/// <summary>Computes a run's status from where its nodes stand.</summary>
internal static class RunStatus
{
    public static PatchRunStatus Of(RunState run, (IGate Gate, GateAnswer Answer)? closed, RunPhase phase, string message, RunHook? begun = null)
    {
        var (before, now, generation) = (run.Run.Status, run.Input.Now, run.Run.Metadata.Generation ?? 0);
        var terminal = RunPhases.IsTerminal(phase);
        var status = new PatchRunStatus
        {
            ObservedGeneration = generation,
            Conditions = new Conditions(before.Conditions, generation, now)
                .Add(ConditionTypes.Ready, terminal && phase != RunPhase.Failed, Reason(phase), message)
                .Add(ConditionTypes.Reconciling, !terminal && phase != RunPhase.Halted, Reason(phase), message)
                .Add(ConditionTypes.Stalled, phase is RunPhase.Halted or RunPhase.Failed, Reason(phase), message)
                .ToList(),
            Phase = phase,
            Message = Text.Fit(message),
            Gates = closed is { } gate ? [new RunGate { Name = gate.Gate.Name, Answer = Answer(gate.Answer), Why = Text.Fit(message) }] : [],
            Progress = run.Nodes.Progress,
            Waves = run.Input.Plan is null ? before.Waves : [.. run.Waves.All.Select(wave => wave.Status)],
            Checks = run.Checks.Status,
            Hooks = run.Hooks.Status(begun),
            Outcome = (closed?.Answer as GateAnswer.NotYet)?.Outcome,
            ProgressAt = now,
            Failures = Failures(run.Nodes),
            ForcedDrains = Math.Max(before.ForcedDrains ?? 0, run.Nodes.Forced.Count) is var forced and > 0 ? forced : null,
            AcknowledgedFailures = run.Acknowledged,
            ObservedApprovals = Math.Max(before.ObservedApprovals, run.Run.Spec.Approvals.Count),
            CancelledAt = before.CancelledAt ?? (run.IsCancelled ? now : null),
            Timeline = Timeline(run, phase, message, begun),
            StartedAt = before.StartedAt ?? now,
            FinishedAt = terminal ? before.FinishedAt ?? now : null,
            Baselines = RunBaselines.Of(run.Input, run.Nodes.Progress),
        };
        return status.Progress == before.Progress ? status with { ProgressAt = before.ProgressAt } : status;
    }

    /// <summary>When counts that alone have changed are to be written; null when the status is to be written now, or is the same.</summary>
    public static DateTimeOffset? WrittenAt(PatchRunStatus before, PatchRunStatus after, DateTimeOffset now) =>
        after.Progress != before.Progress
        && CountPace.Next(before.ProgressAt, now) is { } next
        && (after.Phase, after.Message, after.AcknowledgedFailures, after.Failures.Count) == (before.Phase, before.Message, before.AcknowledgedFailures,
            before.Failures.Count)
        && after.Timeline.SequenceEqual(before.Timeline)
        && after.Checks.SequenceEqual(before.Checks)
        && (after.Hooks ?? []).SequenceEqual(before.Hooks ?? [])
        && after.Baselines.SequenceEqual(before.Baselines)
        && after.Blocked.SequenceEqual(before.Blocked)
            ? next
            : null;

    /// <summary>As it was, with what is refused: nothing that was decided has happened.</summary>
    public static PatchRunStatus Refused(PatchRun run, Refusal refusal, DateTimeOffset now)
    {
        var message = Text.Fit(refusal.Message);
        return run.Status with
        {
            Message = message,
            Conditions = new Conditions(run.Status.Conditions, run.Metadata.Generation ?? 0, now)
                .Add(ConditionTypes.Ready, false, Reasons.ApiRefused, message)
                .Add(ConditionTypes.Reconciling, true, Reasons.ApiRefused, message)
                .Add(ConditionTypes.Stalled, false, Reasons.ApiRefused, message)
                .ToList(),
        };
    }

    /// <summary>The reason that stands for a phase in conditions and events.</summary>
    public static string Reason(RunPhase phase) => phase switch
    {
        RunPhase.PendingApproval => Reasons.PendingApproval,
        RunPhase.Running => Reasons.RunRunning,
        RunPhase.Soaking => Reasons.RunSoaking,
        RunPhase.Paused => Reasons.RunPaused,
        RunPhase.WaitingForWindow => Reasons.WaitingForWindow,
        RunPhase.Halted => Reasons.RunHalted,
        RunPhase.Succeeded => Reasons.RunSucceeded,
        RunPhase.Failed => Reasons.RunFailed,
        RunPhase.Cancelled => Reasons.RunCancelled,
        _ => Reasons.RunSuperseded,
    };

    private static RunGateAnswer Answer(GateAnswer answer) => answer switch
    {
        GateAnswer.Halt => RunGateAnswer.Halt,
        GateAnswer.End => RunGateAnswer.End,
        _ => RunGateAnswer.NotYet,
    };

    private static List<RunFailure> Failures(RunNodes nodes) =>
    [
        .. nodes.Failed.Take(Limits.RunFailures).Select(view => new RunFailure
        {
            Node = view.Node.Name,
            Step = view.Status!.LastOperation!.Step ?? OperationStep.Patch,
            Reason = view.Status.LastOperation.Reason ?? Reasons.OperationFailed,
            Message = view.Status.LastOperation.Message ?? "",
        }),
    ];

    private static List<TimelineEntry> Timeline(RunState run, RunPhase phase, string message, RunHook? begun)
    {
        var news = News(run, phase, message, begun).Select(text => new TimelineEntry { At = run.Input.Now, Event = Text.Fit(text) });
        return [.. run.Run.Status.Timeline.Concat(news).TakeLast(Limits.RunTimeline)];
    }

    private static IEnumerable<string> News(RunState run, RunPhase phase, string message, RunHook? begun)
    {
        foreach (var approval in run.NewApprovals)
            yield return run.Approvals.Describe(approval);
        foreach (var wave in run.Waves.All)
        {
            var before = run.Run.Status.Waves.FirstOrDefault(known => known.Name == wave.Wave.Name);
            if (wave.StartedAt is not null && before?.StartedAt is null)
                yield return $"Wave {wave.Wave.Name} begins: {wave.Nodes.Total} nodes";
            if (wave.FinishedAt is not null && before?.FinishedAt is null)
                yield return $"Wave {wave.Wave.Name} has finished: {wave.Nodes.Succeeded.Count} succeeded, {wave.Nodes.Failed.Count} failed, "
                    + $"{wave.Nodes.Skipped} skipped";
        }

        if (run.Nodes.Forced.Count > (run.Run.Status.ForcedDrains ?? 0))
            yield return $"Drained by force, past PodDisruptionBudgets: {run.Nodes.Forced.Count} nodes, {string.Join(", ", run.Nodes.Forced.Take(5))}";
        foreach (var check in run.Checks.News)
            yield return $"C{RunChecks.Words(check)[1..]}";
        foreach (var hook in run.Hooks.All.Where(hook => hook.IsNews))
            yield return $"H{hook.Words[1..]}";
        if (begun is not null)
            yield return $"Hook {begun.Name} begins{(begun.Attempt == 1 ? "" : $", attempt {begun.Attempt}")}";
        if (run.Acknowledged != run.Run.Status.AcknowledgedFailures)
            yield return $"Resumed: {run.Acknowledged} failures accepted";
        if (phase != run.Run.Status.Phase)
            yield return $"{phase}: {message}";
    }
}
