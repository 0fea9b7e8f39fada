using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>Plans a policy's next run, or says why there is none: the plan is frozen when the run is made.</summary>
internal static class RunPlan
{
    /// <summary>The run to make now, or null, and where the policy stands, in words.</summary>
    /// <param name="input">The policy.</param>
    /// <param name="catchUps">Its nodes that are caught up by runs of their own.</param>
    public static (NewRun? Run, Standing Standing) Next(PolicyInput input, CatchUps catchUps)
    {
        var frozen = input.Freezes.FirstOrDefault(freeze => freeze.Lasts);
        if (input.Active is { } active)
            return (null, Active(active, frozen));

        var needs = new Needs(input.Members);
        var inNeed = needs.Nodes.ToList();
        var firstScans = new FirstScans(input);
        if (inNeed.Count == 0)
            return (
                null,
                firstScans.Any ? firstScans.Standing : input.Nodes.Members.IsEmpty ? Standing.NoNodes(input.Nodes.ClaimedByOthers) : Standing.Settled);
        if (input.Policy.Spec.Suspend)
            return (null, Standing.Waiting(Reasons.Suspended, $"suspended; {inNeed.Count} nodes need patching"));
        if (input.Windows.Count == 0)
            return (null, Standing.Waiting(Reasons.NoWindow, $"{inNeed.Count} nodes need patching, but spec.windows is empty: nodes are only scanned"));
        if (frozen is not null)
            return (null, Standing.Waiting(Reasons.Frozen, $"{frozen.Why}; {inNeed.Count} nodes need patching and wait"));
        var within = inNeed.Where(view => input.Windows.Any(window => window.For(view.Node.Place) is not null)).ToList();
        if (within.Count == 0)
            return (
                null,
                Standing.Waiting(
                    Reasons.TimeZoneUnknown, $"{inNeed.Count} nodes need patching, and go by no known time zone, such as {input.WithoutZone(inNeed[0])}"));
        (NewRun? Run, Standing Standing)? last = null;
        foreach (var opening in OpenDay.Of(input))
        {
            last = Next(input, opening, needs, within, firstScans, catchUps);
            if (last.Value.Run is not null || last.Value.Standing.Until is not null)
                break;
        }

        return last ?? (null, Closed(input, within));
    }

    private static (NewRun? Run, Standing Standing) Next(
        PolicyInput input, OpenDay opening, Needs needs, List<NodeView> inNeed, FirstScans firstScans, CatchUps catchUps)
    {
        var turns = opening.Turns(input);
        if (turns.Cancelled is { } cancelled)
            return (
                null,
                Standing.Waiting(
                    Reasons.RunCancelled,
                    $"run {cancelled.Metadata.Name} was cancelled; {inNeed.Count} nodes need patching and wait for the next opening, or for an edit"));
        var candidates = inNeed.Where(view => !turns.HadItsTurn(view) && !catchUps.Takes(view)).ToList();
        if (candidates.Count == 0)
            return (
                null,
                inNeed.Where(catchUps.Takes).ToList() is { Count: > 0 } behind
                    ? Standing.Waiting(Reasons.RunInProgress, $"{behind.Count} nodes fell behind and are caught up by a run of their own")
                    : firstScans.Any
                    ? firstScans.Standing
                    : Standing.Waiting(Reasons.WaitingForNextOpening, $"{inNeed.Count} nodes had their turn in this opening and need another: they are tried "
                        + "again in the next"));
        if (!candidates.Any(opening.Takes))
            return (null, Closed(input, candidates));
        if (firstScans.Any && firstScans.WaitedForUntil(opening.Window.State) is var until && until > input.Now)
            return (null, firstScans.Standing with { Until = until });
        var run = Make(input, opening, needs, candidates, firstScans.Left);
        var (planned, later) = (run.Plan.Nodes.Count, candidates.Count - run.Plan.Nodes.Count);
        var beyond = later > 0 ? $"; {later} more belong to the next run" : "";
        return (run, Standing.Waiting(Reasons.RunInProgress, $"{planned} nodes are to be patched{beyond}{run.Left}"));
    }

    private static Standing Closed(PolicyInput input, List<NodeView> nodes) => Standing.Waiting(
        Reasons.WaitingForWindow,
        $"{nodes.Count} nodes need patching and wait for "
            + (NextZone.Of(input.Windows, nodes.Select(view => view.Node.Place)) is { } next ? $"the window in their zones: {next}" : "a window"));

    /// <summary>Where the policy stands while a run is under way.</summary>
    public static Standing Active(PatchRun run, FreezeState? frozen) => run.Status.Phase switch
    {
        RunPhase.Halted => new Standing(Reasons.RunHalted, $"run {run.Metadata.Name} has halted: {run.Status.Message}", InProgress: false, Stalled: true),
        RunPhase.PendingApproval => Standing.Waiting(Reasons.PendingApproval, $"run {run.Metadata.Name}: {run.Status.Message}"),
        RunPhase.Paused => Standing.Waiting(Reasons.RunPaused, $"run {run.Metadata.Name} is {run.Status.Message}"),
        RunPhase.WaitingForWindow when frozen is not null => Standing.Waiting(Reasons.Frozen, $"run {run.Metadata.Name} waits: {frozen.Why}"),
        _ => Standing.Waiting(Reasons.RunInProgress, $"run {run.Metadata.Name} is under way: {run.Status.Progress?.Summary ?? "0"} nodes done"),
    };

    private static NewRun Make(PolicyInput input, OpenDay opening, Needs needs, List<NodeView> candidates, string left)
    {
        var plan = Planner.Plan(input.Reference, input.Policy.Spec, candidates, needs.Of);
        var name = RunName.Next(input.Policy.Metadata.Name, input.RunNames, opening.Opening, input.Now, opening.Day);
        return NewRun.Of(name, RunTrigger.Window, opening, plan) with { Left = left };
    }
}
