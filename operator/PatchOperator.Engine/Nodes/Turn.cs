using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Nodes.Steps;

namespace PatchOperator.Engine.Nodes;

/// <summary>
/// A node's turn: cordon, the steps, uncordon. The first step that is needed is worked on; one that is done hands on to the next within the same
/// decision.
/// </summary>
internal static class Turn
{
    // In order. A drain before patching, or before the reboot that patching has made due: it comes first whenever it is needed.
    private static readonly IStep[] Steps =
    [
        new StageStep(), new HookStep(OperationStep.BeforeDrain), new HookStep(OperationStep.AfterPatch), new DrainStep(), new PatchStep(), new RebootStep(),
        new VerifyStep(),
    ];

    // What is left once the node has been verified, and is given back.
    private static readonly IStep[] LastSteps = [new HookStep(OperationStep.AfterUncordon)];

    // Of a turn that has failed, where its policy asks for it, and of one that takes back what another has done. A reboot is due where what came back is not
    // what runs.
    private static readonly IStep[] RollbackSteps = [new DrainStep(), new RollbackStep(), new RebootStep()];

    public static Decision<NodePatchStatus> Start(NodeInput input)
    {
        var operation = input.Spec.Operation!;
        var record = TurnRecord.Begin(input, operation);
        var started = input with { Status = input.Status with { LastOperation = record, Phase = NodePhase.Idle, BootIdBefore = null, Attempt = 0 } };
        var decision = Advance(started);
        return decision with { Events = [new EngineEvent(Reasons.OperationInProgress, $"run {operation.Run} starts on the node"), .. decision.Events] };
    }

    public static Decision<NodePatchStatus> Advance(NodeInput input)
    {
        // Without any effect, which could be refused as well: what is left on the node is seen to once this is written down. See Scans.
        if (input.IsRefusedForTooLong)
            return Fail(input, new StepAnswer.Failed(input, Reasons.ApiRefused, input.Status.Refused!.Message), Current(input)) with { Effects = [] };
        var (effects, events) = (new List<Effect>(), new List<EngineEvent>());
        for (var turn = input; ;)
        {
            if (Next(turn) is not { } step)
                return turn.Record.Rollback is null ? Succeed(turn, effects) : RolledBack(turn, effects);
            if (StopsBefore(turn, step))
                return Skip(turn, OperationStep.Reboot, Reasons.RebootPending, "the window closed before the reboot, which is for the next opening");
            var answer = turn.Status.Phase == step.Phase ? step.Continue(turn) : step.Begin(turn);
            effects.AddRange(answer.Effects);
            events.AddRange(answer.Events);
            switch (answer)
            {
                case StepAnswer.Wait wait:
                    var decision = new Decision<NodePatchStatus>
                    {
                        Status = wait.Turn.Status,
                        Effects = effects,
                        Events = events,
                        Why = wait.Why,
                        WakeUp = wait.WakeUp,
                    };
                    return step.Cordons ? KeepCordoned(input, decision) : decision;
                // What was to be undone is not: that is no turn to be had again.
                case StepAnswer.Skipped skipped when skipped.Turn.Record.Rollback is not null || RollbackStep.HasBegun(skipped.Turn):
                    return Fail(turn, new StepAnswer.Failed(skipped.Turn, skipped.Reason, skipped.Message), step.Name);
                case StepAnswer.Skipped skipped:
                    return Skip(skipped.Turn, step.Name, skipped.Reason, skipped.Message);
                case StepAnswer.Failed failed when RollbackStep.Answers(turn, failed, step.Name):
                    return RollBack(failed, step.Name);
                case StepAnswer.Failed failed:
                    return Fail(turn, failed, step.Name);
                default:
                    // The next look at this step, as after a reboot, begins it anew.
                    turn = answer.Turn with { Status = answer.Turn.Status with { Phase = NodePhase.Idle } };
                    break;
            }
        }
    }

    /// <summary>Whether a node stays cordoned for as long as its last turn has failed, and is what it was asked.</summary>
    public static bool KeepsCordon(NodeInput input) => input.Spec.Operation is { } operation && operation.RunUid == input.Status.LastOperation?.RunUid
        && operation.Settings.OnFailure?.Action switch
        {
            FailureAction.KeepCordoned => true,
            FailureAction.Rollback => input.Status.LastOperation.Reason == Reasons.RollbackFailed,
            _ => false,
        };

    // The reboot, or a drain for the sake of it alone. One that was asked for is waited for, whatever the window says.
    private static bool StopsBefore(NodeInput turn, IStep step) =>
        turn is { Settings.Rollout.OnWindowClose: WindowCloseAction.StopBeforeReboot, IsWindowOpen: false, Record.Rollback: null }
        && step is DrainStep or RebootStep
        && RebootStep.MayStillStop(turn)
        && !Steps.Any(other => other is PatchStep && other.IsNeeded(turn));

    // Somebody may uncordon a node in the middle of its turn; pods must not come back to it.
    private static Decision<NodePatchStatus> KeepCordoned(NodeInput input, Decision<NodePatchStatus> decision) =>
        input.Node!.Unschedulable ? decision : decision with { Effects = [new Cordon(Key(input), input.Record.Run), .. decision.Effects] };

    private static IStep? Next(NodeInput turn)
    {
        var steps = turn switch
        {
            { Record.Rollback: not null } => RollbackSteps,
            { Record.VerifiedAt: not null } => LastSteps,
            { Spec.Operation.Undoes: not null } => RollbackSteps,
            _ => Steps,
        };
        return steps.FirstOrDefault(step => step.IsNeeded(turn));
    }

    // Written down before it begins: a restart must not take the failure for one that is still to be answered.
    private static Decision<NodePatchStatus> RollBack(StepAnswer.Failed failed, OperationStep step)
    {
        var turn = RollbackStep.Begin(failed.Turn, step, failed.Reason, failed.Message);
        return new Decision<NodePatchStatus>
        {
            Status = turn.Status,
            Effects = [.. Jobs.Delete(turn, job => !job.Finished)],
            Why = $"{step} failed, what the run has changed is brought back",
            WakeUp = TimeSpan.Zero,
            Events = [new EngineEvent(failed.Reason, $"run {turn.Record.Run}: {step} failed, and is rolled back: {failed.Message}", Warning: true)],
        };
    }

    private static Decision<NodePatchStatus> RolledBack(NodeInput turn, List<Effect> effects)
    {
        var rollback = turn.Record.Rollback!;
        var message = $"{rollback.Step} failed: {rollback.Message}; rolled back: {rollback.Changed.Count} packages are as they were before";
        var failed = Fail(turn, rollback.Step, Reasons.RolledBack, message);
        return failed with { Effects = [.. effects, .. failed.Effects] };
    }

    private static OperationStep Current(NodeInput input) => Next(input)?.Name ?? OperationStep.Verify;

    private static Decision<NodePatchStatus> Succeed(NodeInput turn, IReadOnlyList<Effect> effects)
    {
        var record = turn.Record;
        var before = turn.Spec.Operation?.Undoes is { } undone ? $": as before run {undone.Name}" : ", verified";
        var message = $"{record.Changed.Count} packages changed{(record.RebootedAt is null ? "" : ", rebooted")}{before}";
        var finished = record with { Result = OperationResult.Succeeded, Reason = Reasons.OperationSucceeded, Message = message };
        return Finish(turn, NodePhase.Idle, finished, effects) with
        {
            Events = [new EngineEvent(Reasons.OperationSucceeded, $"run {record.Run}: {message}")],
        };
    }

    // Of a rollback that fails, both are told; of one that had nothing to undo, what it was for.
    private static Decision<NodePatchStatus> Fail(NodeInput turn, StepAnswer.Failed failed, OperationStep step) => turn.Record.Rollback switch
    {
        { } rollback when failed.Turn.Record.Rollback is not null => Fail(
            failed.Turn,
            rollback.Step,
            Reasons.RollbackFailed,
            $"{rollback.Step} failed: {rollback.Message}; and the rollback failed: {step}: {failed.Message}"),
        null when RollbackStep.HasBegun(failed.Turn) || (step == OperationStep.Rollback && RollbackStep.MayHaveChanged(failed)) =>
            Fail(failed.Turn, step, Reasons.RollbackFailed, failed.Message),
        var rollback => Fail(failed.Turn, rollback?.Step ?? step, failed.Reason, failed.Message),
    };

    // What a failed turn has left on the node stays to be looked at, until the node is asked something else.
    private static Decision<NodePatchStatus> Fail(NodeInput turn, OperationStep step, string reason, string message)
    {
        var record = turn.Record with { Result = OperationResult.Failed, Step = step, Reason = reason, Message = Text.Fit(message) };
        return Finish(turn, NodePhase.Failed, record, Jobs.Delete(turn, job => !job.Finished)) with
        {
            Events = [new EngineEvent(reason, $"run {record.Run}: {step} failed: {message}", Warning: true)],
        };
    }

    // What it still needs is for another turn.
    private static Decision<NodePatchStatus> Skip(NodeInput turn, OperationStep step, string reason, string message)
    {
        var record = turn.Record with { Result = OperationResult.Skipped, Step = step, Reason = reason, Message = Text.Fit(message) };
        return Finish(turn, NodePhase.Idle, record, Jobs.Delete(turn, job => !job.Finished)) with
        {
            Events = [new EngineEvent(reason, $"run {record.Run}: {step} was left out: {message}", Warning: true)],
        };
    }

    // A failed node that is not Ready keeps our cordon until it is, and one with a Job that may still begin until that is deleted: see Scans.
    private static Decision<NodePatchStatus> Finish(NodeInput turn, NodePhase phase, OperationRecord record, IEnumerable<Effect> effects)
    {
        var restores = turn.Node!.CordonedBy is not null && (phase == NodePhase.Idle || (turn.Node.Ready && !KeepsCordon(turn.With(record))))
            && !turn.Jobs.Values.Any(job => job.Overdue);
        return new Decision<NodePatchStatus>
        {
            // A Job that could still reboot the node goes before pods may come back.
            Effects = [.. effects, .. restores ? [new Uncordon(Key(turn))] : Untaint.Of(turn)],
            Status = turn.Status with { Phase = phase, Job = null, Attempt = 0, BootIdBefore = null, LastOperation = TurnRecord.End(turn, record) },
            Why = record.Message ?? "",
            WakeUp = TimeSpan.Zero,
        };
    }

    private static Facts.NodeKey Key(NodeInput input) => new(input.Node!.Name, input.Node.Uid);
}
