using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Plans;

/// <summary>What a run does that takes back what another has changed.</summary>
internal static class Undoing
{
    /// <summary>
    /// Whether there may be something to take back on a node: the run was its last turn, may have changed packages, and had what it replaces kept. Whether that
    /// is there the agent knows: a report may have been lost.
    /// </summary>
    /// <param name="view">The node.</param>
    /// <param name="undone">The UID of the run.</param>
    public static bool Concerns(NodeView view, string undone) => IsAsItWasLeft(view, undone) || view is
    {
        // It was tried once, and did not come to its end: what is kept is kept still.
        Status.LastOperation:
        {
            Result: OperationResult.Failed or OperationResult.Cancelled or OperationResult.Skipped,
            Reason: not AgentReasons.NothingToDo,
        } last,
        Spec.Operation: { Undoes: { } tried } again,
    } && tried.Uid == undone && again.RunUid == last.RunUid;

    /// <summary>The same, where nobody has tried it yet.</summary>
    public static bool IsAsItWasLeft(NodeView view, string undone) =>
        view.Status?.LastOperation is { Result: not OperationResult.InProgress, Rollback: null or { DoneAt: null } } last
        && last.RunUid == undone
        && (last.PatchedAt is not null || last.Kept is not null)
        && view.Spec?.Operation is { Settings.OnFailure.Action: FailureAction.Rollback } operation
        && operation.RunUid == undone;

    /// <summary>
    /// Whether what a run has installed is wanted no more: a run that nobody has given up takes it back from all of its nodes, and has done so from some.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="runs">Those of its policy at least.</param>
    public static bool IsTakenBack(PatchRun run, IEnumerable<PatchRun> runs) => runs.Any(
        other => other is
        {
            Spec: { Trigger: RunTrigger.Rollback, Rollback: { Nodes.Count: 0 } asked },
            Status: { Progress.Succeeded: > 0, Phase: not (RunPhase.Cancelled or RunPhase.Superseded) },
        }
        && asked.Run == run.Metadata.Name);

    /// <summary>
    /// Why it cannot be planned yet, as a reason and in words; null when it can. The next run would install again what this one takes back: its policy is to be
    /// suspended, and that other run over.
    /// </summary>
    /// <param name="run">What is to be planned.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="spec">What that asks for.</param>
    /// <param name="find">A run, by name; null where there is none.</param>
    public static (string Reason, string Message)? Obstacle(
        PatchRun run, PolicyReference policy, PatchPolicySpec spec, Func<string, PatchRun?> find)
    {
        if (run.Spec.Rollback is not { Run: { Length: > 0 } name })
            return (Reasons.InvalidSpec, "spec.rollback.run: name the PatchRun whose changes are to be taken back");
        if (find(name) is not { Spec.Planned: not null } undone || undone.Spec.Policy.Uid != policy.Uid || undone.Spec.Trigger == RunTrigger.Rollback)
            return (
                Reasons.InvalidSpec,
                $"spec.rollback.run: there is no PatchRun '{name}' that has patched nodes for policy '{policy.Name}'; see kubectl get patchruns");
        if (!spec.Suspend)
            return (
                Reasons.PendingPlan,
                $"set spec.suspend of policy '{policy.Name}' to true first: its next run would install again what this one takes back");
        return RunPhases.IsTerminal(undone.Status.Phase) ? null : (Reasons.PendingPlan, $"run {name} is not over yet");
    }

    /// <summary>
    /// The plan: no waves, checks and hooks, which say whether it is safe to go forward. Budgets, the order of nodes and, where a person asks for it, approval
    /// are those of the policy.
    /// </summary>
    public static PatchPlanSpec Plan(PolicyReference policy, PatchPolicySpec spec, RunRollback asked, PatchRun undone, IEnumerable<NodeView> members)
    {
        var nodes = members.Where(view => Concerns(view, undone.Metadata.Uid) && (asked.Nodes.Count == 0 || asked.Nodes.Contains(view.Node.Name)));
        var back = spec with
        {
            Rollout = spec.Rollout with { Waves = [] },
            HealthChecks = [],
            Hooks = null,
            // What has come back in part only is not given back, whatever the policy says by now.
            OnFailure = new FailureSettings { Action = FailureAction.Rollback },
        };
        return Planner.Of(policy, back, nodes, updates: []) with
        {
            Undoes = new RunReference { Name = undone.Metadata.Name, Uid = undone.Metadata.Uid },
        };
    }
}
