using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Drains;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>
/// Evicts the pods of the node: before patching when it is known by then that it is needed, or before the reboot when the patch step finds one due.
/// </summary>
internal sealed class DrainStep : IStep
{
    /// <summary>How soon pods that could not be evicted are tried again.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    // Pods that were told to go are looked at again after a share of the time they have had.
    private static readonly TimeSpan ShortestLook = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(2);

    public OperationStep Name => OperationStep.Drain;

    public NodePhase Phase => NodePhase.Draining;

    public bool IsNeeded(NodeInput turn) => turn.Record.DrainedAt is null && turn.Settings.Drain.Mode switch
    {
        DrainMode.Always => turn.Record.RebootedAt is null,
        DrainMode.Never => false,
        _ => RebootStep.IsDue(turn),
    };

    public StepAnswer Begin(NodeInput turn)
    {
        return new StepAnswer.Wait(turn with { Status = turn.Status with { Phase = Phase, Job = null, Attempt = 0 } }, Why(turn, null), TimeSpan.Zero);
    }

    public StepAnswer Continue(NodeInput turn)
    {
        if (turn.Drain is not { } drain)
            return new StepAnswer.Wait(turn, Why(turn, null), ShortestLook);
        if (drain.Remaining.Count == 0)
            return new StepAnswer.Done(turn.With(turn.Record with { DrainedAt = turn.Now }));
        var settings = turn.Settings.Drain;
        if (settings.OnTimeout != DrainTimeoutAction.Force
            && drain.Remaining.FirstOrDefault(pod => pod.Answer == EvictionAnswer.Impossible) is { } impossible)
            return Over(turn, Reasons.DrainMisconfigured, $"pod {impossible} cannot be evicted: {impossible.AnswerMessage}");

        turn = turn with { Status = turn.Status with { Blocked = Blockers.Of(settings, drain) } };
        var blocked = Hindrance(settings, drain);
        var leaving = Tier(drain).Where(pod => !pod.Terminating && !Blockers.Keeps(settings, pod)).ToList();
        if (turn.Now >= turn.Status.PhaseSince + Durations.Parse(settings.Timeout))
            return settings.OnTimeout != DrainTimeoutAction.Force || drain.Remaining.Any(pod => Blockers.Keeps(settings, pod)) || turn.Now >= Deadline(turn)
                ? Over(
                    turn,
                    Reasons.DrainTimedOut,
                    $"{drain.Remaining.Count} pods were left after {settings.Timeout}; {blocked ?? $"pod {drain.Remaining[0]} has not terminated"}")
                : Force(turn, drain, leaving, blocked);

        return new StepAnswer.Wait(turn, Why(turn, blocked), blocked is null ? Look(turn) : Retry)
        {
            Effects = leaving.Count == 0 ? [] : [new Evict(turn.Node!.Name, leaving, settings.GracePeriodSeconds)],
        };
    }

    /// <summary>When a drain is given up, in UTC; null before it has begun. Pods that are deleted by force have as much time again.</summary>
    public static DateTimeOffset? Deadline(NodeInput turn) => turn.Spec.Operation?.Settings.Drain is not { } settings
        ? null
        : turn.Status.PhaseSince + (settings.OnTimeout == DrainTimeoutAction.Force ? 2 : 1) * Durations.Parse(settings.Timeout);

    private static StepAnswer Over(NodeInput turn, string reason, string message) => turn.Settings.Drain.OnTimeout == DrainTimeoutAction.Skip
        ? new StepAnswer.Skipped(turn, reason, message)
        : new StepAnswer.Failed(turn, reason, message);

    // Of the pods that are left those of the lowest priority: what a cluster is made of goes last, and others only begin once they are gone.
    private static IEnumerable<PodToEvict> Tier(DrainFacts drain)
    {
        var lowest = drain.Remaining.Min(pod => pod.Priority);
        return drain.Remaining.Where(pod => pod.Priority == lowest);
    }

    // Written down before it is done: pods that are gone tell nobody that they were forced.
    private static StepAnswer.Wait Force(NodeInput turn, DrainFacts drain, List<PodToEvict> leaving, string? blocked)
    {
        var all = drain.Remaining.Where(pod => !pod.Terminating).ToList();
        if (turn.Record.Forced is null && all.Count > 0)
            return new StepAnswer.Wait(turn.With(turn.Record with { Forced = all.Count }), Why(turn, blocked), TimeSpan.Zero)
            {
                Events =
                [
                    new EngineEvent(
                        Reasons.DrainForced,
                        $"run {turn.Record.Run}: {all.Count} pods were left after {turn.Settings.Drain.Timeout} and are deleted without eviction, past their "
                            + $"PodDisruptionBudgets: {string.Join(", ", all.Take(5))}",
                        Warning: true),
                ],
            };
        return new StepAnswer.Wait(turn, Why(turn, blocked), Retry)
        {
            Effects = leaving.Count == 0 ? [] : [new DeletePods(turn.Node!.Name, leaving, turn.Settings.Drain.GracePeriodSeconds)],
        };
    }

    // The same from the first look to the last, unless there is something to tell: it is written to the status.
    private static string Why(NodeInput turn, string? blocked) =>
        $"draining before {What(turn)}{(blocked is null ? "" : $": {blocked}")}";

    private static string What(NodeInput turn) => (turn.Record.PatchedAt, turn.Spec.Operation?.Undoes) switch
    {
        (not null, _) => "the reboot",
        (_, not null) => "the rollback",
        _ => "patching",
    };

    private static TimeSpan Look(NodeInput turn)
    {
        var share = (turn.Now - (turn.Status.PhaseSince ?? turn.Now)) / 4;
        return share < ShortestLook ? ShortestLook : share > LongestLook ? LongestLook : share;
    }

    // A pod that is not allowed to go, or else one that was told to and does not.
    private static string? Hindrance(DrainSettings settings, DrainFacts drain)
    {
        if (drain.Remaining.FirstOrDefault(pod => Blockers.Keeps(settings, pod)) is { } kept)
            return $"pod {kept} stays: {Blockers.Of(settings, drain)!.Message}";
        if (drain.Remaining.FirstOrDefault(pod => pod.Answer is EvictionAnswer.Blocked or EvictionAnswer.Refused or EvictionAnswer.Impossible) is { } blocked)
            return $"pod {blocked} is {(blocked.Answer == EvictionAnswer.Blocked ? "blocked" : "refused")}: {blocked.AnswerMessage}";
        return drain.Remaining.FirstOrDefault(pod => pod.Overdue) is { } overdue ? $"pod {overdue} is terminating for longer than it was given" : null;
    }
}
