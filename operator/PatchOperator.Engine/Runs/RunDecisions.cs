using PatchOperator.Api;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Policies;

namespace PatchOperator.Engine.Runs;

/// <summary>Decides which nodes of a run are admitted next, and in which phase the run is.</summary>
public static class RunDecisions
{
    private const int MaxFailures = 50;
    private const int MaxTimeline = 50;

    public static RunDecision Decide(RunInput input)
    {
        if (RunPhases.IsTerminal(input.Run.Status.Phase) && input.Run.Metadata.DeletionTimestamp is null)
            return Over(input);

        var nodes = new RunNodes(input);
        var acknowledged = input.ResumeRequested && input.Run.Status.Phase == RunPhase.Halted ? nodes.Failed.Count : input.Run.Status.AcknowledgedFailures;
        var withdrawn = input.Policy is null || input.Run.Metadata.DeletionTimestamp is not null;
        var (phase, message, admit) = withdrawn ? Withdraw(nodes) : Choose(input, nodes, acknowledged);
        return new RunDecision
        {
            Admit = admit,
            Release = withdrawn ? [.. Asked(input)] : [.. nodes.ToRelease],
            Status = Status(input, nodes, phase, message, acknowledged),
            Resumed = input.ResumeRequested,
            AtRest = nodes.InFlight.Count == 0 && admit.Count == 0,
            WakeUp = input.Windows.Min(window => window.State.NextChange) - input.Now,
            Event = Event(input, phase, message),
        };
    }

    // Nothing changes any more but what images have of it.
    private static RunDecision Over(RunInput input) => new()
    {
        Status = input.Run.Status with { Baselines = RunBaselines.Of(input.Run, input.Baselines, input.Run.Status.Progress) },
        Release = [.. new RunNodes(input).ToRelease],
        AtRest = true,
    };

    private static IEnumerable<string> Asked(RunInput input) =>
        input.Nodes.Values.Where(view => view.Spec?.Operation?.RunUid == input.Run.Metadata.Uid).Select(view => view.Node.Name);

    private static (RunPhase, string, IReadOnlyList<Admission>) Withdraw(RunNodes nodes) => nodes.InFlight.Count > 0
        ? (RunPhase.Running, $"withdrawn; {nodes.InFlight.Count} nodes are being restored", [])
        : (RunPhase.Cancelled, "the policy or the run was deleted", []);

    private static (RunPhase, string, IReadOnlyList<Admission>) Choose(RunInput input, RunNodes nodes, int acknowledged)
    {
        var superseded = input.Policy!.Metadata.Generation != input.Run.Spec.Policy.Generation;
        if (superseded)
        {
            return nodes.InFlight.Count > 0
                ? (RunPhase.Running, $"the policy was edited; {nodes.InFlight.Count} nodes in flight finish", [])
                : (RunPhase.Superseded, "the policy was edited; the rest belongs to the next run", []);
        }

        var threshold = Shares.Threshold(input.Run.Spec.Settings.Rollout.FailureThreshold, input.Run.Spec.Nodes.Count);
        if (nodes.Failed.Count - acknowledged >= threshold)
            return (RunPhase.Halted, Halted(nodes, threshold), []);

        var accepting = input.Windows.Any(window => window.State.AcceptsNodes);
        // A node that stays away must not keep its policy from ever making another plan.
        if (!accepting)
            nodes.Skip(view => !view.Node.Ready);
        if (nodes.Pending.Count + nodes.InFlight.Count == 0)
            return Over(nodes);
        return accepting ? Run(input, nodes) : Wait(nodes);
    }

    private static string Halted(RunNodes nodes, int threshold)
    {
        var first = nodes.Failed[0];
        var last = first.Status!.LastOperation!;
        return $"{nodes.Failed.Count} nodes failed, {threshold} is the threshold; first {first.Node.Name}, at {last.Step}: {last.Reason}: {last.Message}. "
            + $"Mend it, then annotate the run with {ApiGroup.ResumeAnnotation}=true, or edit the policy";
    }

    private static (RunPhase, string, IReadOnlyList<Admission>) Over(RunNodes nodes) => nodes.Failed.Count > 0
        ? (RunPhase.Failed, $"{nodes.Failed.Count} nodes failed, {nodes.Succeeded.Count} succeeded", [])
        : (RunPhase.Succeeded, $"{nodes.Succeeded.Count} nodes patched and verified", []);

    private static (RunPhase, string, IReadOnlyList<Admission>) Wait(RunNodes nodes) => nodes.InFlight.Count > 0
        ? (RunPhase.Running, $"the window takes no more nodes; {nodes.InFlight.Count} in flight finish", [])
        : (RunPhase.WaitingForWindow, $"{nodes.Pending.Count} nodes wait for the next window", []);

    private static (RunPhase, string, IReadOnlyList<Admission>) Run(RunInput input, RunNodes nodes)
    {
        var admitted = Admit(input, nodes);
        var inFlight = nodes.InFlight.Count + admitted.Count;
        return (RunPhase.Running, inFlight > 0 ? "patching" : Blocked(input), admitted);
    }

    private static string Blocked(RunInput input)
    {
        var away = input.Members.Where(view => view.IsUnavailable).Select(Describe).Order(StringComparer.Ordinal).Take(5).ToList();
        return away.Count == 0
            ? $"the cluster-wide budget of {input.Fleet.MaxUnavailable} unavailable nodes is used up"
            : $"no slot is free: maxUnavailable is {Budget(input)} and these are unavailable: {string.Join(", ", away)}";
    }

    private static string Describe(NodeView view) =>
        $"{view.Node.Name} ({(view.HoldsSlot ? "in an operation" : !view.Node.Ready ? "not Ready" : "cordoned")})";

    private static int Budget(RunInput input) => Shares.Budget(input.Run.Spec.Settings.Rollout.MaxUnavailable, input.Members.Count);

    // A node that is unavailable already costs nothing more; but one that is not Ready cannot run a Job.
    private static List<Admission> Admit(RunInput input, RunNodes nodes)
    {
        var free = Math.Min(
            Budget(input) - input.Members.Count(view => view.IsUnavailable),
            input.Fleet.MaxUnavailable - input.Fleet.Unavailable);
        var admitted = new List<Admission>();
        foreach (var view in nodes.Pending.Where(view => view.Node.Ready && view is { Spec: { Operation: null }, HoldsSlot: false }))
        {
            if (!view.IsUnavailable && free <= 0)
                continue;
            // Even a node that somebody else has cordoned takes its slot, or a cordoned fleet would be patched all at once.
            if (view.IsUnavailable && !HasRoomFor(input, admitted.Count + nodes.InFlight.Count))
                continue;
            if (!view.IsUnavailable)
                free--;
            admitted.Add(new Admission(view.Node.Name, Operation(input.Run, view)));
        }

        return admitted;
    }

    private static bool HasRoomFor(RunInput input, int inFlight) =>
        inFlight < Budget(input) && input.Fleet.Unavailable <= input.Fleet.MaxUnavailable;

    private static NodeOperation Operation(PatchRun run, NodeView view)
    {
        var status = view.Status!;
        var pending = status.Pending.Where(package => !package.Held).Select(package => package.Name).ToHashSet();
        return new NodeOperation
        {
            Run = run.Metadata.Name,
            RunUid = run.Metadata.Uid,
            Updates =
            [
                .. run.Spec.Updates
                    .Where(update => update.OsFamily == status.Node?.OsFamily && pending.Contains(update.Name))
                    .Select(update => new NodeUpdate { Name = update.Name, Version = update.Version }),
            ],
            Settings = run.Spec.Settings,
        };
    }

    private static PatchRunStatus Status(RunInput input, RunNodes nodes, RunPhase phase, string message, int acknowledged)
    {
        var before = input.Run.Status;
        var terminal = RunPhases.IsTerminal(phase);
        return new PatchRunStatus
        {
            ObservedGeneration = input.Run.Metadata.Generation ?? 0,
            Conditions = new Conditions(before.Conditions, input.Run.Metadata.Generation ?? 0, input.Now)
                .Add(ConditionTypes.Ready, terminal && phase != RunPhase.Failed, Reason(phase), message)
                .Add(ConditionTypes.Reconciling, !terminal && phase != RunPhase.Halted, Reason(phase), message)
                .Add(ConditionTypes.Stalled, phase is RunPhase.Halted or RunPhase.Failed, Reason(phase), message)
                .ToList(),
            Phase = phase,
            Message = Text.Fit(message),
            Progress = nodes.Progress,
            Failures = Failures(nodes),
            AcknowledgedFailures = acknowledged,
            Timeline = Timeline(before, phase, message, acknowledged, input.Now),
            StartedAt = before.StartedAt ?? input.Now,
            FinishedAt = terminal ? before.FinishedAt ?? input.Now : null,
            Baselines = RunBaselines.Of(input.Run, input.Baselines, nodes.Progress),
        };
    }

    private static List<RunFailure> Failures(RunNodes nodes) =>
    [
        .. nodes.Failed.Take(MaxFailures).Select(view => new RunFailure
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
        return [.. entries.TakeLast(MaxTimeline)];
    }

    private static EngineEvent? Event(RunInput input, RunPhase phase, string message) => phase == input.Run.Status.Phase
        ? null
        : new EngineEvent(Reason(phase), message, Warning: phase is RunPhase.Halted or RunPhase.Failed);

    private static string Reason(RunPhase phase) => phase switch
    {
        RunPhase.Running => Reasons.RunRunning,
        RunPhase.WaitingForWindow => Reasons.WaitingForWindow,
        RunPhase.Halted => Reasons.RunHalted,
        RunPhase.Succeeded => Reasons.RunSucceeded,
        RunPhase.Failed => Reasons.RunFailed,
        RunPhase.Cancelled => Reasons.RunCancelled,
        _ => Reasons.RunSuperseded,
    };
}
