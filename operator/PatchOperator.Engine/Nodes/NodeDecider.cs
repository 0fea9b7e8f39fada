using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>Decides what comes next for one node: what its operation needs, or its scans while it has none.</summary>
/// <param name="budget">How many nodes are scanned at once.</param>
public sealed class NodeDecider(ScanBudget budget) : IDecider<NodePatch, NodePatchStatus>
{
    private static readonly TimeSpan TaintLook = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<Question> Ask(NodePatch entity, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        // What has been refused for too long is not asked for again: the decision ends it.
        if (entity.Status.Refused is not null && NodeInput.Of(entity, snapshot, answers, budget, now).IsRefusedForTooLong)
            yield break;
        if (entity.Status.Job is { } name)
            foreach (var question in KnownJobs.Questions(name, snapshot, answers, now))
                yield return question;
        if (Slots.InFlight(entity.Status) && entity.Status.Phase == NodePhase.Draining && snapshot.NodeOf(entity) is not null)
            yield return PodsToEvict.Of(entity);
    }

    /// <inheritdoc/>
    public Decision<NodePatchStatus> Decide(NodePatch entity, Snapshot snapshot, Answers answers, DateTimeOffset now) =>
        Decide(NodeInput.Of(entity, snapshot, answers, budget, now));

    /// <inheritdoc/>
    public Decision<NodePatchStatus> Refused(NodePatch entity, Snapshot snapshot, Refusal refusal, DateTimeOffset now)
    {
        var input = NodeInput.Of(entity, snapshot, Answers.None, budget, now);
        // A scan is not under way before its Job is there.
        if (refusal.What is CreateJob { Job.Step: OperationStep.Scan })
            return Complete(input, Scans.Failed(input, Reasons.ApiRefused, refusal.Message));
        var refused = new RefusedRequest { Since = entity.Status.Refused?.Since ?? now, Message = Text.Fit(refusal.Message) };
        return Complete(input, refusal.Decide(entity.Status with { Refused = refused }, said: entity.Status.Refused is not null));
    }

    internal static Decision<NodePatchStatus> Decide(NodeInput input)
    {
        var decision = input switch
        {
            { Node: null } => Gone(input),
            { Deleting: true } => Withdrawal.Decide(input),
            _ when IsWithdrawn(input) => Withdrawal.Decide(input),
            _ when Slots.InFlight(input.Status) => Turn.Advance(input),
            _ when IsAsked(input) && input.Status.Job is null && !Jobs.OfNobody(input, Jobs.OfTurn(input).Select(job => job.Name)) => Turn.Start(input),
            _ => Scans.Decide(input),
        };
        // Whatever was refused is not any more once this has been applied.
        return Complete(input, Tainting(input, WithoutOverdue(input, decision with { Status = decision.Status with { Refused = null } })));
    }

    private static Decision<NodePatchStatus> Complete(NodeInput input, Decision<NodePatchStatus> decision)
    {
        var status = NodeStatus.Complete(input, decision);
        var look = input.Jobs.Values.Min(job => job.LookAt) - input.Now;
        decision = decision with { WakeUp = look is null || decision.WakeUp < look ? decision.WakeUp : look };
        return status.Quarantine == input.Status.Quarantine
            ? decision with { Status = status }
            : decision with
            {
                Status = status,
                // What is persisted now is to be acted on.
                WakeUp = TimeSpan.Zero,
                Events = [.. decision.Events, .. Quarantines.Events(input.Status.Quarantine, status.Quarantine)],
            };
    }

    // Before anything else begins on the node, or it is given back: a patch must not begin then.
    private static Decision<NodePatchStatus> WithoutOverdue(NodeInput input, Decision<NodePatchStatus> decision) =>
        input.IsRefusedForTooLong ? decision : decision with { Effects = [.. Jobs.DeleteOverdue(input).Union(decision.Effects)] };

    // Where it is refused, it is tried again soon. What comes to its end over a refusal has no effect that could be refused as well.
    private static Decision<NodePatchStatus> Tainting(NodeInput input, Decision<NodePatchStatus> decision) =>
        input.IsRefusedForTooLong || Quarantines.Effects(input).ToList() is not { Count: > 0 } effects
            ? decision
            : decision with
            {
                Effects = [.. effects, .. decision.Effects],
                WakeUp = decision.WakeUp < TaintLook ? decision.WakeUp : TaintLook,
            };

    private static bool IsAsked(NodeInput input) =>
        input is { RunExists: true, Spec.Operation: { } operation } && operation.RunUid != input.Status.LastOperation?.RunUid;

    private static bool IsWithdrawn(NodeInput input) => input.Node!.Leaving
        ? Slots.IsHeld(input.Spec, input.Status)
        : Slots.InFlight(input.Status) && (!input.RunExists || input.Spec.Operation?.RunUid != input.Status.LastOperation!.RunUid);

    private static Decision<NodePatchStatus> Gone(NodeInput input) => new()
    {
        Effects = [.. Jobs.Delete(input, _ => true)],
        Status = input.Status,
        Released = input is { Deleting: true, AwaitsRecord: false },
        Why = "the node is gone",
        WakeUp = input.AwaitsRecord ? Withdrawal.Look : null,
    };
}
