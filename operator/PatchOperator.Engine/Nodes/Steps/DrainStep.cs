using PatchOperator.Api;
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

    /// <summary>How soon pods that were told to go are looked at again.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

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
        var why = turn.Record.PatchedAt is null ? "draining before patching" : "draining before the reboot";
        return new StepAnswer.Wait(turn with { Status = turn.Status with { Phase = Phase, Job = null, Attempt = 0 } }, why, TimeSpan.Zero);
    }

    public StepAnswer Continue(NodeInput turn)
    {
        if (turn.Drain is not { } drain)
            return new StepAnswer.Wait(turn, "draining", Look);
        if (drain.Remaining.Count == 0)
            return new StepAnswer.Done(turn.With(turn.Record with { DrainedAt = turn.Now }));
        if (drain.Remaining.FirstOrDefault(pod => pod.Answer == EvictionAnswer.Impossible) is { } impossible)
            return new StepAnswer.Failed(turn, Reasons.DrainMisconfigured, $"pod {impossible} cannot be evicted: {impossible.AnswerMessage}");

        var (blocked, timeout) = (Hindrance(drain), turn.Settings.Drain.Timeout);
        if (turn.Now >= turn.Status.PhaseSince + Durations.Parse(timeout))
            return new StepAnswer.Failed(
                turn,
                Reasons.DrainTimedOut,
                $"{drain.Remaining.Count} pods were left after {timeout}; {blocked ?? $"pod {drain.Remaining[0]} has not terminated"}");

        var evict = drain.Remaining.Where(pod => !pod.Terminating).ToList();
        return new StepAnswer.Wait(turn, blocked is null ? "draining" : $"draining: {blocked}", blocked is null ? Look : Retry)
        {
            Effects = evict.Count == 0 ? [] : [new Evict(turn.Node!.Name, evict)],
        };
    }

    // A pod that is not allowed to go, or else one that was told to and does not.
    private static string? Hindrance(DrainFacts drain)
    {
        if (drain.Remaining.FirstOrDefault(pod => pod.Answer is EvictionAnswer.Blocked or EvictionAnswer.Refused) is { } blocked)
            return $"pod {blocked} is {(blocked.Answer == EvictionAnswer.Blocked ? "blocked" : "refused")}: {blocked.AnswerMessage}";
        return drain.Remaining.FirstOrDefault(pod => pod.Overdue) is { } overdue ? $"pod {overdue} is terminating for longer than it was given" : null;
    }
}
