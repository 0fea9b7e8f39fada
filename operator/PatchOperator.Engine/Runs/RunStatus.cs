using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Runs.Gates;

namespace PatchOperator.Engine.Runs;

/// <summary>Computes a run's status from where its nodes stand.</summary>
internal static class RunStatus
{

    // Counts alone are written this often: with a thousand nodes at work they change many times a second.
    private static readonly TimeSpan Coalesce = TimeSpan.FromSeconds(5);

    public static PatchRunStatus Of(RunState run, (IGate Gate, GateAnswer Answer)? closed, RunPhase phase, string message)
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
            ProgressAt = now,
            Failures = Failures(run.Nodes),
            AcknowledgedFailures = run.Acknowledged,
            Timeline = Timeline(before, phase, message, run.Acknowledged, now),
            StartedAt = before.StartedAt ?? now,
            FinishedAt = terminal ? before.FinishedAt ?? now : null,
            Baselines = RunBaselines.Of(run.Run, run.Input.Plan, run.Input.Baselines, run.Nodes.Progress),
        };
        return status.Progress == before.Progress ? status with { ProgressAt = before.ProgressAt } : status;
    }

    /// <summary>When counts that alone have changed are to be written; null when the status is to be written now, or is the same.</summary>
    public static DateTimeOffset? WrittenAt(PatchRunStatus before, PatchRunStatus after, DateTimeOffset now) =>
        after.Progress != before.Progress
        && before.ProgressAt + Coalesce is { } next && next > now
        && (after.Phase, after.Message, after.AcknowledgedFailures, after.Failures.Count) == (before.Phase, before.Message, before.AcknowledgedFailures,
            before.Failures.Count)
        && after.Baselines.SequenceEqual(before.Baselines)
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
        RunPhase.Running => Reasons.RunRunning,
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

    private static List<TimelineEntry> Timeline(PatchRunStatus before, RunPhase phase, string message, int acknowledged, DateTimeOffset now)
    {
        var entries = before.Timeline.AsEnumerable();
        if (acknowledged != before.AcknowledgedFailures)
            entries = entries.Append(new TimelineEntry { At = now, Event = $"Resumed: {acknowledged} failures accepted" });
        if (phase != before.Phase)
            entries = entries.Append(new TimelineEntry { At = now, Event = Text.Fit($"{phase}: {message}") });
        return [.. entries.TakeLast(Limits.RunTimeline)];
    }
}
