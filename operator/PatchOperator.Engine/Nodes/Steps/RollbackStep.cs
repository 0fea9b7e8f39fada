using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>
/// Has the agent bring back what a turn has replaced: this one, which has failed, or that of a run which is undone. After a reboot it looks once more, to
/// verify that it held.
/// </summary>
internal sealed class RollbackStep : IStep
{
    public OperationStep Name => OperationStep.Rollback;

    public NodePhase Phase => NodePhase.RollingBack;

    public bool IsNeeded(NodeInput turn) => DoneAt(turn) is not { } done || turn.Record.RebootedAt > done;

    /// <summary>
    /// Whether a failure is answered with a rollback: the policy asks for it, and it tells against what was installed. Pods that do not leave do not, nor do a
    /// mirror that does not answer and a Job that could not be made. On a node that is not Ready nothing could be brought back.
    /// </summary>
    public static bool Answers(NodeInput turn, StepAnswer.Failed failed, OperationStep step) =>
        turn is { Settings.OnFailure.Action: FailureAction.Rollback, Node.Ready: true, Record.Rollback: null, Spec.Operation.Undoes: null } && step switch
        {
            OperationStep.Patch => MayHaveChanged(failed),
            OperationStep.Verify => HasPatched(failed) && failed.Reason
                is AgentReasons.UpdatesMissing or AgentReasons.PackagesIncomplete or AgentReasons.UnitsBroken or AgentReasons.VerifyCommandFailed
                    or Reasons.RebootStillRequired or Reasons.NodeNotReady,
            OperationStep.AfterPatch or OperationStep.AfterUncordon => HasPatched(failed) && failed.Reason is Reasons.HookFailed or Reasons.JobTimedOut,
            _ => false,
        };

    /// <summary>
    /// Whether a Job that has failed has changed packages, or nobody knows: the agent does, and says so where there is nothing to bring back.
    /// </summary>
    public static bool MayHaveChanged(StepAnswer.Failed failed) =>
        failed.Turn is { Record.Changed.Count: > 0 } or { Job.Report.HasDetails: false }
            || failed.Reason is Reasons.ReportMissing or Reasons.ReportAltered or Reasons.JobTimedOut or AgentReasons.TimedOut;

    /// <summary>Whether what another run has done is being taken back, and a Job has changed packages for that, or one that was lost may have.</summary>
    public static bool HasBegun(NodeInput turn) => turn is { Spec.Operation.Undoes: not null, Record: { PatchedAt: not null } or { Attempts: > 1 } };

    /// <summary>The turn, to be undone. A reboot for the patch says nothing of what undoing it takes, nor a drain, where pods are back by now.</summary>
    public static NodeInput Begin(NodeInput turn, OperationStep step, string reason, string message) => turn with
    {
        Status = turn.Status with
        {
            Phase = NodePhase.Idle,
            Job = null,
            Attempt = 0,
            LastOperation = turn.Record with
            {
                Rollback = new RollbackRecord { Step = step, Reason = reason, Message = Text.Fit(message), StartedAt = turn.Now },
                DrainedAt = step == OperationStep.AfterUncordon ? null : turn.Record.DrainedAt,
                RebootedAt = null,
            },
        },
    };

    public StepAnswer Begin(NodeInput turn) => AgentJobs.Start(turn, Name, Phase, attempt: 1);

    public StepAnswer Continue(NodeInput turn) => AgentJobs.Await(
        turn, Name, Phase, report => turn.Record.Rollback is null ? UndoneRun(turn, report) : UndoneTurn(turn, report));

    private static DateTimeOffset? DoneAt(NodeInput turn) => turn.Record.Rollback is { } rollback ? rollback.DoneAt : turn.Record.PatchedAt;

    private static StepAnswer UndoneRun(NodeInput turn, StepReport report)
    {
        if (report.Reason == AgentReasons.NothingToDo)
            return new StepAnswer.Skipped(turn, report.Reason, report.Message);
        var record = turn.Record with
        {
            Changed = [.. turn.Record.Changed, .. report.Changed.Take(Inventory.MaxListed - turn.Record.Changed.Count)],
            PatchedAt = turn.Record.PatchedAt ?? turn.Now,
        };
        var back = turn with { Status = Inventory.Apply(turn, report) with { LastOperation = record } };
        return new StepAnswer.Done(RebootStep.IsDue(back) ? back : back.With(record with { VerifiedAt = turn.Now }));
    }

    private static StepAnswer UndoneTurn(NodeInput turn, StepReport report)
    {
        if (report.Reason == AgentReasons.NothingToDo)
            return turn.Record.Changed.Count > 0
                ? new StepAnswer.Failed(turn, report.Reason, report.Message)
                : new StepAnswer.Failed(turn.With(turn.Record with { Rollback = null }), turn.Record.Rollback!.Reason, turn.Record.Rollback.Message);
        var record = Inventory.Changes(turn.Record, report);
        return new StepAnswer.Done(turn with
        {
            Status = Inventory.Apply(turn, report) with { LastOperation = record with { Rollback = record.Rollback! with { DoneAt = turn.Now } } },
        });
    }

    // What it has changed may not be known, as when the log of its Job was gone: the agent knows.
    private static bool HasPatched(StepAnswer.Failed failed) => failed.Turn.Record.PatchedAt is not null;
}
