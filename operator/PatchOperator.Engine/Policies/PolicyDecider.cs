using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>Decides what a policy needs: nodes to track, a run to make, runs to forget; and says where it stands.</summary>
/// <param name="budget">How many nodes are scanned at once.</param>
public sealed class PolicyDecider(ScanBudget budget) : IDecider<PatchPolicy, PatchPolicyStatus>
{
    /// <summary>How many finished runs are kept, of each trigger.</summary>
    public const int KeptRuns = 10;

    private static readonly TimeSpan DeletionRetry = TimeSpan.FromSeconds(2);

    // A plan is written before its run.
    private static readonly TimeSpan PlanWithoutRun = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public IEnumerable<Question> Ask(PatchPolicy entity, Snapshot snapshot, Answers answers, DateTimeOffset now) => [];

    /// <inheritdoc/>
    public Decision<PatchPolicyStatus> Decide(PatchPolicy entity, Snapshot snapshot, Answers answers, DateTimeOffset now) =>
        entity.Metadata.DeletionTimestamp is null
            ? Decide(PolicyInput.Of(entity, snapshot, budget, now), Strays.Of(entity, snapshot))
            : Leave(entity, snapshot);

    /// <inheritdoc/>
    public Decision<PatchPolicyStatus> Refused(PatchPolicy entity, Snapshot snapshot, Refusal refusal, DateTimeOffset now) => refusal.Decide(
        PolicyStatus.Refused(PolicyInput.Of(entity, snapshot, budget, now), refusal),
        said: entity.Status.Conditions.Any(condition => refusal.IsSaidBy(condition.Message)));

    internal static Decision<PatchPolicyStatus> Decide(PolicyInput input, IReadOnlyList<Effect> strays)
    {
        if (input.Errors.Count > 0)
            return new Decision<PatchPolicyStatus> { Effects = strays, Status = PolicyStatus.Invalid(input), Why = string.Join("; ", input.Errors) };

        var catchUps = new CatchUps(input);
        var (ordinary, standing) = RunPlan.Next(input, catchUps);
        var (catchUp, until) = catchUps.Next();
        List<NewRun> runs = [.. new[] { ordinary, catchUp, Rollbacks.Next(input) }.OfType<NewRun>()];
        var emergencies = new Emergencies(input);
        if (ordinary is null && (input.Emergency ?? (input.Active is null ? input.Current : null)) is { } other)
            standing = RunPlan.Active(other, input.Freezes.FirstOrDefault(freeze => freeze.Lasts));
        else if (ordinary is null && input.Active is null && catchUp is not null)
            standing = Standing.Waiting(Reasons.RunInProgress, $"{catchUp.Plan.Nodes.Count} nodes fell behind and are caught up by a run of their own");
        var status = PolicyStatus.Of(input, standing, emergencies);
        var later = runs.Count == 0 ? PolicyStatus.WrittenAt(input.Policy.Status, status, input.Now) : null;
        return new Decision<PatchPolicyStatus>
        {
            Effects =
            [
                .. input.Members.Where(view => view.Patch is null).Select(view => new CreateNodePatch(view.Node)),
                .. strays,
                .. runs.SelectMany(run => run.Effects),
                .. emergencies.Effects,
                .. Rollbacks.Effects(input),
                .. Forget(input, catchUps),
            ],
            Status = later is null ? status : input.Policy.Status,
            Why = standing.Message,
            WakeUp = status.Emergency != input.Policy.Status.Emergency
                ? TimeSpan.Zero
                : WakeUp(input, [standing.Until, until, emergencies.Until, Deferrals.Until(input), later]),
            Events = [.. runs.Select(run => run.Event)],
        };
    }

    // A policy that is deleted goes once its runs are gone and its nodes are restored; nodes that another policy takes over keep their NodePatch.
    private static Decision<PatchPolicyStatus> Leave(PatchPolicy policy, Snapshot snapshot)
    {
        var runs = snapshot.Runs.By(policy.Metadata.Name).ToList();
        var strays = Strays.Untracked(snapshot);
        var restoring = snapshot.NodePatches.All.Any(patch => patch.Metadata.DeletionTimestamp is not null);
        return new Decision<PatchPolicyStatus>
        {
            Effects = [.. runs.Where(run => run.Metadata.DeletionTimestamp is null).Select(run => new DeleteRun(run.Metadata.Name)), .. strays],
            Status = policy.Status,
            Why = "the policy is being deleted",
            Released = runs.Count == 0 && strays.Count == 0 && !restoring,
            WakeUp = DeletionRetry,
        };
    }

    // A run of an opening that still lasts stays as long as it is the last turn of a node: without it, the node would have another. See TurnsOfOpening.
    private static IEnumerable<Effect> Forget(PolicyInput input, CatchUps catchUps)
    {
        var old = input.Runs
            .Where(run => RunPhases.IsTerminal(run.Status.Phase) && run.Metadata.DeletionTimestamp is null)
            .GroupBy(run => run.Spec.Trigger)
            .SelectMany(
                same => same.OrderByDescending(run => run.Metadata.CreationTimestamp)
                    .ThenByDescending(run => run.Metadata.Name, StringComparer.Ordinal)
                    .Skip(KeptRuns))
            .Where(
                run => !catchUps.Remembers(run)
                    && !input.Windows.Any(window => window.IsOpeningOf(run.Spec)
                        && input.Members.Any(view => view.Status?.LastOperation?.RunUid == run.Metadata.Uid)));
        foreach (var run in old)
            yield return new DeleteRun(run.Metadata.Name);

        var used = input.Runs.Select(run => run.Spec.Plan.Name).ToHashSet();
        foreach (
            var plan in input.Plans.Values.Where(plan => !used.Contains(plan.Metadata.Name)
                && plan.Metadata.CreationTimestamp + PlanWithoutRun < input.Now.UtcDateTime))
            yield return new DeletePlan(plan.Metadata.Name);
    }

    private static TimeSpan? WakeUp(PolicyInput input, IEnumerable<DateTimeOffset?> instants)
    {
        DateTimeOffset? next = null;
        foreach (var instant in instants.Concat(input.Windows.Select(window => window.State.NextChange)).Concat(input.Freezes.Select(freeze => freeze.Until))
            .Concat(input.Members.Select(view => view.Assessment.StaleAfter(input.Now))))
            if (instant > input.Now && (next is null || instant < next))
                next = instant;
        return next - input.Now;
    }
}
