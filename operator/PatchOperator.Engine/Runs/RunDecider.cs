using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Drains;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.Records;
using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Decides which nodes of a run are admitted next, and in which phase the run is.</summary>
/// <param name="maxUnavailable">How many nodes of the whole cluster may be unavailable at once.</param>
/// <param name="ownNode">The node that the operator itself runs on; null where that is not known.</param>
public sealed class RunDecider(IntOrString maxUnavailable, string? ownNode = null) : IDecider<PatchRun, PatchRunStatus>
{
    // What was joined to ask is joined no more to decide, as no answer but the plan changes it. Runs are asked about beside each other: each reads one whole,
    // and another's is of no use to it.
    private volatile Joined? joined;

    /// <inheritdoc/>
    public IEnumerable<Question> Ask(PatchRun entity, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        if (RunPhases.IsTerminal(entity.Status.Phase) || entity.Spec.Planned is not { } planned)
            return [];
        if (snapshot.Plans[planned.Name] is null && !answers.Has(new PlanAsItIs(planned.Name)))
            return [new PlanAsItIs(planned.Name)];
        if (RunInput.PlanOf(entity, snapshot, answers)?.Plan.Spec is not { } plan
            || (plan.HealthChecks is null && plan.Settings.Hooks is null && !Blockers.MayDrain(plan.Settings)))
            return [];
        // Nothing else can be known before the ends of hooks are.
        var open = RunHooks.Questions(entity, snapshot, answers, now).ToList();
        if (!open.All(answers.Has))
            return open;
        var run = StateOf(entity, snapshot, answers, now);
        return RunGates.Closed(run) switch
        {
            null => [.. run.Checks.Questions(snapshot), .. Admissions.ToAsk(run).Select(view => Rehearsal(run.Input, view))],
            (_, GateAnswer.End) => run.Hooks.AtTheEnd,
            (Healthy or SoakHealthy, _) => run.Checks.Questions(snapshot),
            _ => run.Checks.IsSoak ? run.Checks.Questions(snapshot) : [],
        };
    }

    /// <inheritdoc/>
    public Decision<PatchRunStatus> Decide(PatchRun entity, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        if (entity.Spec.Planned is null)
            return UnplannedRun.Decide(entity, snapshot, now);
        var run = StateOf(entity, snapshot, answers, now);
        return Decide(run, run.Input.Deleting || run.Input.Policy is null ? Asked(entity, snapshot) : []);
    }

    /// <inheritdoc/>
    public Decision<PatchRunStatus> Refused(PatchRun entity, Snapshot snapshot, Refusal refusal, DateTimeOffset now) =>
        refusal.Decide(RunStatus.Refused(entity, refusal, now), said: refusal.IsSaidBy(entity.Status.Message));

    /// <param name="input">What is known.</param>
    /// <param name="asked">The nodes whose operation is to be taken back, for the run or its policy is going.</param>
    internal static Decision<PatchRunStatus> Decide(RunInput input, IReadOnlyList<string> asked) => Decide(StateOf(input, new RunNodes(input)), asked);

    private static Decision<PatchRunStatus> Decide(RunState run, IReadOnlyList<string> asked)
    {
        var (input, nodes) = (run.Input, run.Nodes);
        var takenBack = asked.Select(node => new SetOperation(node, null)).ToList();
        if (RunPhases.IsTerminal(input.Run.Status.Phase))
            return Over(input, takenBack);

        var closed = RunGates.Closed(run);
        var begun = (closed?.Answer as GateAnswer.NotYet)?.Hook?.Begin();
        var admission = closed is null ? Admissions.Of(run) : new Admission([], [], nodes.Blocked, null);
        var (admitted, _, blocked, next) = admission;
        var announced = closed is null ? Announcements.Of(run, admission) : Announcements.None(run);
        var (phase, message) = closed?.Answer switch
        {
            GateAnswer.NotYet(var meanwhile, var because) => (meanwhile, because),
            GateAnswer.Halt(var because) => (RunPhase.Halted, because),
            GateAnswer.End(var end, var because) => (end, because),
            _ => (RunPhase.Running, run.InFlight + admitted.Count > 0 ? UnderWay(input) : Admissions.Blocked(run, blocked)),
        };
        var records = Recording.Of(input.Run, input.Records, nodes.Unrecorded, RunPhases.IsTerminal(phase), input.Now);
        var status = RunStatus.Of(run, closed, phase, message, begun?.Hook) with { Records = records.Summary, Blocked = [.. nodes.Draining, .. blocked] };
        var later = RunStatus.WrittenAt(input.Run.Status, status, input.Now);
        return new Decision<PatchRunStatus>
        {
            Effects = [.. takenBack, .. records.Effects, .. admitted, .. announced, .. JobsOf(run, closed, begun?.Effect), .. Resumed(input)],
            Status = later is null ? status : input.Run.Status,
            Why = message,
            Released = input.Deleting && run.InFlight == 0,
            WakeUp = (RunPhases.IsTerminal(phase) && input.Jobs.Count > 0) || run.Hooks.All.Any(hook => hook.IsNews)
                ? TimeSpan.Zero // Once its end is written down, its Jobs go; so does that of a hook which has not begun in time.
                : input.Windows.Select(window => window.State.NextChange).Concat(input.Freezes.Select(freeze => freeze.Until))
                    .Concat([later, records.Later, Until(closed?.Answer), next, input.LookAt]).Min() - input.Now,
            Events = [.. Events(input, run, phase, message), .. News(input, blocked)],
        };
    }

    private static string UnderWay(RunInput input) => input.Plan?.Spec.Undoes is { } undone ? $"taking back run {undone.Name}" : "patching";

    // Those of what is asked of the policy's own containers, and of what is not asked any more.
    private static IEnumerable<Effect> JobsOf(RunState run, (IGate Gate, GateAnswer Answer)? closed, CreateHookJob? hook)
    {
        if (run.Input.Deleting || run.Input.Policy is null)
            return OwnJobs.All(run.Input);
        var asks = closed is (Healthy, _) || (run.Checks.IsSoak && closed?.Answer is GateAnswer.NotYet);
        return
        [
            .. hook is null ? [] : new[] { hook },
            .. asks ? run.Checks.Effects : [],
            .. OwnJobs.Outdated(run.Input),
            .. OwnJobs.Overdue(run),
        ];
    }

    // A node that is asked again and again is told of once.
    private static IEnumerable<EngineEvent> News(RunInput input, IReadOnlyList<RunBlocked> blocked) => blocked
        .ExceptBy(input.Run.Status.Blocked.Select(entry => (entry.Node, entry.Reason)), entry => (entry.Node, entry.Reason))
        .Select(entry => new EngineEvent(entry.Reason, $"node {entry.Node} is passed over: pod {entry.Pod} cannot be evicted: {entry.Message}", Warning: true));

    private RunState StateOf(PatchRun entity, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        var input = RunInput.Of(entity, snapshot, answers, maxUnavailable, now) with { OwnNode = ownNode };
        input = input with
        {
            Rehearsed = view => answers.To(Rehearsal(input, view)),
            Health = check => check.Job is null ? answers.To(new HealthOf(check)) : CheckJobs.Facts(input, check, snapshot, answers),
            Job = name => KnownJobs.Find(name, snapshot, answers, now) is { } job ? KnownJobs.Facts(job, snapshot, answers, now) : null,
        };
        if (joined is not { } known || known.Run != entity || known.Snapshot != snapshot || known.Plan != input.Plan || known.Now != now)
            joined = known = new Joined(entity, snapshot, input.Plan, now, new RunNodes(input));
        return StateOf(input, known.Nodes);
    }

    private static RehearsalOfDrain Rehearsal(RunInput input, NodeView view) => new(view.Node.Name, input.Settings.Drain);

    private static RunState StateOf(RunInput input, RunNodes nodes) =>
        new(input, nodes, input.IsResumed ? nodes.Failed.Count : input.Run.Status.AcknowledgedFailures);

    private static DateTimeOffset? Until(GateAnswer? answer) => answer is GateAnswer.NotYet { Until: var until } ? until : null;

    // Nothing changes any more but what images have of it: a record that is being deleted stays as it is until it is gone.
    private static Decision<PatchRunStatus> Over(RunInput input, IReadOnlyList<Effect> takenBack) => new()
    {
        Effects = [.. takenBack, .. input.Deleting ? OwnJobs.All(input) : OwnJobs.AtTheEnd(input), .. Resumed(input)],
        Status = input.Deleting
            ? input.Run.Status
            : input.Run.Status with
            {
                ObservedGeneration = input.Run.Metadata.Generation ?? 0,
                Baselines = RunBaselines.Of(input, input.Run.Status.Progress),
            },
        Why = "over",
        Released = true,
        Events = input.ResumeRequested ? [NotHalted(input)] : [],
    };

    private static IEnumerable<Effect> Resumed(RunInput input) =>
        input.ResumeRequested ? [new RemoveAnnotations(PatchRun.KindName, input.Run.Metadata.Name, [ApiGroup.ResumeAnnotation])] : [];

    private static EngineEvent NotHalted(RunInput input) =>
        new(
            Reasons.ResumeIgnored,
            $"the annotation {ApiGroup.ResumeAnnotation} was taken off: the run is {input.Run.Status.Phase?.ToString() ?? "new"}, and only a halted one can "
                + "be resumed",
            Warning: true);

    private static List<string> Asked(PatchRun run, Snapshot snapshot) =>
    [
        .. snapshot.NodePatches.All
            .Where(patch => patch.Spec.Operation?.RunUid == run.Metadata.Uid)
            .Select(patch => patch.Metadata.Name)
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<EngineEvent> Events(RunInput input, RunState run, RunPhase phase, string message)
    {
        if (input.ResumeRequested && input.Run.Status.Phase != RunPhase.Halted)
            yield return NotHalted(input);
        foreach (var approval in run.NewApprovals)
            yield return run.Approvals.Counts(approval)
                ? new EngineEvent(Reasons.RunApproved, run.Approvals.Describe(approval))
                : new EngineEvent(Reasons.ApprovalIgnored, run.Approvals.Describe(approval), Warning: true);
        foreach (var check in run.Checks.News)
            yield return new EngineEvent(
                check.State == RunCheckState.Passing ? Reasons.HealthCheckPassing : Reasons.HealthCheckFailing,
                RunChecks.Words(check),
                Warning: check.State != RunCheckState.Passing);
        foreach (var hook in run.Hooks.All.Where(hook => hook.IsNews))
            yield return new EngineEvent(hook.HasFailed ? Reasons.HookFailed : Reasons.HookSucceeded, hook.Words, Warning: hook.HasFailed);
        if (phase != input.Run.Status.Phase)
            yield return new EngineEvent(RunStatus.Reason(phase), message, Warning: phase is RunPhase.Halted or RunPhase.Failed);
    }

    private sealed record Joined(PatchRun Run, Snapshot Snapshot, PatchPlan? Plan, DateTimeOffset Now, RunNodes Nodes);
}
