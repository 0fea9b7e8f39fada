using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>A run that a person has made, and that has no plan yet: what it waits for, or what is wrong with it.</summary>
internal static class UnplannedRun
{
    public static Decision<PatchRunStatus> Decide(PatchRun run, Snapshot snapshot, DateTimeOffset now)
    {
        var (reason, message) = Stand(run, snapshot);
        var (cancelled, invalid, generation) = (reason == Reasons.RunCancelled, reason == Reasons.InvalidSpec, run.Metadata.Generation ?? 0);
        return new Decision<PatchRunStatus>
        {
            Status = run.Status with
            {
                ObservedGeneration = generation,
                Phase = cancelled ? RunPhase.Cancelled : null,
                Message = Text.Fit(message),
                CancelledAt = cancelled ? run.Status.CancelledAt ?? now : null,
                FinishedAt = cancelled ? run.Status.FinishedAt ?? now : null,
                Conditions = new Conditions(run.Status.Conditions, generation, now)
                    .Add(ConditionTypes.Ready, cancelled, reason, message)
                    .Add(ConditionTypes.Reconciling, !cancelled && !invalid, reason, message)
                    .Add(ConditionTypes.Stalled, invalid, reason, message)
                    .ToList(),
            },
            Why = message,
            Released = true,
            Events = run.Status.Message == Text.Fit(message) ? [] : [new EngineEvent(reason, message, Warning: invalid)],
        };
    }

    /// <summary>Whether nothing could be done in its name. An API server before 1.25 does not enforce the rule of the CustomResourceDefinition.</summary>
    public static bool HasNameTooLong(PatchRun run) => run.Metadata.Name.Length > ApiGroup.MaxRunNameLength;

    /// <summary>Whether people make runs of its kind, which the operator plans.</summary>
    public static bool IsForPeople(PatchRun run) => run.Spec.Trigger is RunTrigger.Emergency or RunTrigger.Rollback;

    private static (string Reason, string Message) Stand(PatchRun run, Snapshot snapshot) => (run, snapshot.Policies[run.Spec.Policy.Name]?.Terms) switch
    {
        ({ Spec.Cancelled: true } or { Status.CancelledAt: not null }, _) => (Reasons.RunCancelled, "cancelled before it was planned"),
        _ when !IsForPeople(run) => (Reasons.InvalidSpec, "spec.trigger: only a run with the trigger Emergency or Rollback is planned by the operator"),
        _ when HasNameTooLong(run) => (
            Reasons.InvalidSpec,
            $"metadata.name: is {run.Metadata.Name.Length} characters long; {ApiGroup.MaxRunNameLength} is the most, as it becomes a label: make another run "
                + "under a shorter name, and delete this one"),
        (_, null) => (Reasons.InvalidSpec, $"spec.policy.name: there is no PatchPolicy '{run.Spec.Policy.Name}'"),
        ({ Spec.Policy.Uid: { Length: > 0 } uid }, var terms) when uid != terms.Uid =>
            (Reasons.InvalidSpec, $"spec.policy.uid: PatchPolicy '{run.Spec.Policy.Name}' has the UID {terms.Uid}; leave the field out"),
        (_, { Errors: { Count: > 0 } errors }) => (Reasons.PendingPlan, $"the policy is invalid: {string.Join("; ", errors)}"),
        ({ Spec.Trigger: RunTrigger.Rollback }, var terms) =>
            Undoing.Obstacle(run, new PolicyReference { Name = terms.Name, Uid = terms.Uid }, terms.Spec, name => snapshot.Runs[name])
                ?? (Reasons.PendingPlan, "the plan is being made"),
        (_, { Spec.Suspend: true }) => (Reasons.PendingPlan, "the policy is suspended"),
        _ => (Reasons.PendingPlan, "the nodes are scanned, then the plan is made"),
    };
}
