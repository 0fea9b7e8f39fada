using PatchOperator.Api;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Runs;

namespace PatchOperator.Engine.Policies;

/// <summary>Decides what a policy needs: nodes to track, a run to make, runs to forget; and says where it stands.</summary>
public static class PolicyDecisions
{
    /// <summary>How many finished runs are kept.</summary>
    public const int KeptRuns = 10;

    public static PolicyDecision Decide(PolicyInput input)
    {
        if (input.Errors.Count > 0)
            return new PolicyDecision { Status = PolicyStatus.Invalid(input) };

        var (run, standing) = RunPlan.Next(input);
        return new PolicyDecision
        {
            Track = [.. input.Nodes.Where(view => view.Spec is null).Select(view => view.Node)],
            Run = run,
            Prune = Prune(input.Runs),
            Status = PolicyStatus.Of(input, standing),
            WakeUp = WakeUp(input),
            Event = run is null ? null : new EngineEvent(Reasons.RunCreated, $"run {run.Name}: {run.Spec.Nodes.Count} nodes, {run.Spec.Updates.Count} updates"),
        };
    }

    private static List<string> Prune(IReadOnlyList<PatchRun> runs) =>
    [
        .. runs.Where(run => RunPhases.IsTerminal(run.Status.Phase))
            .OrderByDescending(run => run.Metadata.CreationTimestamp)
            .ThenByDescending(run => run.Metadata.Name, StringComparer.Ordinal)
            .Skip(KeptRuns)
            .Select(run => run.Metadata.Name),
    ];

    private static TimeSpan? WakeUp(PolicyInput input)
    {
        var changes = input.Windows.Select(window => window.State.NextChange)
            .Concat(input.Nodes.Select(view => Compliance.StaleAt(input.Policy.Spec, view.Status ?? new NodePatchStatus())))
            .Where(instant => instant > input.Now)
            .ToList();
        return changes.Count == 0 ? null : changes.Min() - input.Now;
    }
}
