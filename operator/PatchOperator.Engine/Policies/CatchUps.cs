using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>The nodes of a policy that fell behind, and the run that catches them up: beside the run of a window, in the same budgets.</summary>
internal sealed class CatchUps
{
    private readonly PolicyInput input;
    private readonly PatchRun[] runs;
    private readonly HashSet<string> givenUp;

    public CatchUps(PolicyInput input)
    {
        this.input = input;
        runs = [.. input.Runs.Where(run => run.Spec.Trigger == RunTrigger.CatchUp)];
        // An edit of the policy gives every node another chance.
        givenUp = [.. runs.Where(run => IsOfSpec(run) && run.Status.CancelledAt is not null).SelectMany(NodesOf).Select(node => node.Uid)];
    }

    private CatchUpMode Mode => input.Policy.Spec.CatchUp.Mode;

    /// <summary>Whether a node is caught up by a run of its own; one that has failed in it has its turn with the others again.</summary>
    public bool Takes(NodeView view) =>
        Mode != CatchUpMode.Never
        && view is { Node: { Ready: true, Leaving: false }, Status: { Quarantine: { ReleasedAt: null } quarantine } status }
        && !givenUp.Contains(view.Node.Uid)
        && !(status.LastOperation is { Result: OperationResult.Failed or OperationResult.Skipped } last
            && last.StartedAt >= quarantine.Since
            && runs.Any(run => IsOfSpec(run) && run.Metadata.Uid == last.RunUid));

    /// <summary>Whether a run that is over is what keeps a node from being tried again and again.</summary>
    public bool Remembers(PatchRun run) =>
        run.Spec.Trigger == RunTrigger.CatchUp
        && input.Members.Any(view => view.Status is { Quarantine: not null, LastOperation: { } last } && last.RunUid == run.Metadata.Uid);

    /// <summary>The run to make now; null where there is none. And when to look again though nothing has changed, in UTC.</summary>
    public (NewRun? Run, DateTimeOffset? Until) Next()
    {
        var unfinished = runs.Where(run => !RunPhases.IsTerminal(run.Status.Phase)).ToList();
        // One that has halted waits for a person, and so do the others; one that is under way is waited for: those that come meanwhile have the next together.
        if (input.Policy.Spec is { Suspend: true } or { Windows.Count: 0 }
            || unfinished.Any(run => run.Status.Phase == RunPhase.Halted || RunPhases.IsMoving(run.Status)))
            return (null, null);
        var asked = unfinished.SelectMany(NodesOf).Select(node => node.Uid).ToHashSet();
        var needs = new Needs(input.Members);
        var behind = needs.Nodes.Where(view => Takes(view) && !asked.Contains(view.Node.Uid)).ToList();
        if (behind.Count == 0 || input.Freezes.Any(freeze => freeze.Lasts))
            return (null, null);
        if (Mode == CatchUpMode.Immediate)
        {
            var closed = behind.ToLookup(view => NamedWindow.BlackoutOf(input.Windows, view.Node.Place));
            return (Make(null, [.. closed[null]], needs), closed.Select(same => same.Key?.Until).Min());
        }

        return (OpenDay.Of(input).Select(opening => Make(opening, [.. behind.Where(opening.Takes)], needs)).FirstOrDefault(run => run is not null), null);
    }

    private NewRun? Make(OpenDay? opening, List<NodeView> nodes, Needs needs)
    {
        if (nodes.Count == 0)
            return null;
        var plan = Planner.Plan(input.Reference, input.Policy.Spec, nodes, needs.Of, OfOthers());
        return plan.Nodes.Count == 0
            ? null
            : NewRun.Of(RunName.Next(input.Policy.Metadata.Name, RunTrigger.CatchUp, input.RunNames, input.Now), RunTrigger.CatchUp, opening, plan);
    }

    // What the others have, rather than what has come since: who fell behind is no canary.
    private List<RunUpdate> OfOthers() => input.Runs
        .Where(run => run is { Spec.Trigger: RunTrigger.Window, Status.Phase: RunPhase.Succeeded })
        .OrderByDescending(run => run.Status.FinishedAt)
        .Select(run => input.Plans.GetValueOrDefault(run.Spec.Plan.Name)?.Spec.Updates)
        .FirstOrDefault(updates => updates is not null) ?? [];

    private bool IsOfSpec(PatchRun run) => run.Spec.Policy.Generation == input.Policy.Metadata.Generation;

    private IEnumerable<RunNode> NodesOf(PatchRun run) => input.Plans.GetValueOrDefault(run.Spec.Plan.Name)?.Spec.Nodes ?? [];
}
