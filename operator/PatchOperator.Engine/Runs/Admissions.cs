using PatchOperator.Api;
using PatchOperator.Engine.Drains;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Which nodes are admitted next, once every gate is open.</summary>
internal static class Admissions
{
    /// <summary>How many nodes that cannot be drained are remembered, and so how many are asked within <see cref="Pause"/> at most.</summary>
    public const int MostBlocked = 20;

    /// <summary>How long a node that cannot be drained is left alone before it is asked again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan NextTry = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Which are admitted. A node that is unavailable already costs nothing more; but one that is not Ready cannot run a Job. One that cannot be drained is
    /// passed over, and goes to the end of the line.
    /// </summary>
    public static Admission Of(RunState run) => Of(run, run.Input.Rehearsed);

    /// <summary>Those of whom must be known first whether they can be drained: no more than there are free slots.</summary>
    public static IReadOnlyList<NodeView> ToAsk(RunState run) => Of(run, _ => null).Unasked;

    private static Admission Of(RunState run, Func<NodeView, DrainFacts?> rehearsed)
    {
        var (free, domains, controlPlane) = (run.Free, new Domains(run), new ControlPlane(run));
        var (now, mayDrain) = (run.Input.Now, Blockers.MayDrain(run.Input.Settings));
        var (admitted, unasked, blocked, later) = (new List<SetOperation>(), new List<NodeView>(), run.Nodes.Blocked.ToList(), (DateTimeOffset?)null);
        var held = new Lazy<int>(() => run.Held);
        var toAsk = MostBlocked - blocked.Count(entry => entry.CheckedAt + Pause > now);
        foreach (var wave in run.Waves.Begun)
        {
            var ofWave = new List<NodeView>();
            foreach (var view in InLine(run, wave.Nodes.Pending).Where(view => MayBegin(run, view)))
            {
                if (!view.IsUnavailable && free <= 0)
                    continue;
                // Even a node that somebody else has cordoned takes its slot, or a cordoned fleet would be patched all at once.
                if (view.IsUnavailable && !HasRoomFor(run, admitted.Count + unasked.Count + held.Value))
                    continue;
                if (!wave.HasRoomFor(view, ofWave) || !domains.HasRoomFor(view) || !controlPlane.HasRoomFor(view))
                    continue;
                var entry = blocked.FirstOrDefault(entry => entry.Node == view.Node.Name);
                if (mayDrain && entry?.CheckedAt + Pause > now)
                {
                    later = Earlier(later, entry!.CheckedAt + Pause);
                    continue;
                }

                var facts = mayDrain ? rehearsed(view) : new DrainFacts([]);
                if (facts is null && unasked.Count >= toAsk)
                {
                    later = Earlier(later, blocked.Min(entry => entry.CheckedAt) + Pause);
                    continue;
                }

                blocked.RemoveAll(entry => entry.Node == view.Node.Name);
                if (facts is not null && Blockers.Of(run.Input.Settings.Drain, facts) is { } blocker)
                {
                    blocked.Add(Entry(view, blocker) with { CheckedAt = now });
                    later = Earlier(later, now + Pause);
                    continue;
                }

                if (!view.IsUnavailable)
                    free--;
                ofWave.Add(view);
                domains.Add(view);
                controlPlane.Add(view);
                if (facts is null)
                    unasked.Add(view);
                else
                    admitted.Add(new SetOperation(view.Node.Name, Operation(run, view)));
            }
        }

        return new Admission(admitted, unasked, [.. blocked.TakeLast(MostBlocked)], unasked.Count > 0 ? now + NextTry : later);
    }

    /// <summary>Those that come next, once those that were admitted just now have had their turn, in their order.</summary>
    public static IEnumerable<NodeView> Next(RunState run, Admission admission)
    {
        var others = admission.Admitted.Select(operation => operation.Node).Concat(admission.Blocked.Select(entry => entry.Node)).ToHashSet();
        return run.Waves.Begun.SelectMany(wave => InLine(run, wave.Nodes.Pending)).Where(view => MayBegin(run, view) && !others.Contains(view.Node.Name));
    }

    /// <summary>A node and what is in the way of its drain, as the run's status has it.</summary>
    public static RunBlocked Entry(NodeView view, DrainBlocker blocker) => new()
    {
        Node = view.Node.Name,
        Pod = blocker.Pod,
        Budget = blocker.Budget,
        Reason = blocker.Reason,
        Message = blocker.Message,
    };

    /// <summary>Why none is admitted, in words.</summary>
    public static string Blocked(RunState run, IReadOnlyList<RunBlocked> undrainable)
    {
        if (run.Free <= 0)
            return run.Budget > run.Input.Members.Unavailable
                ? $"the cluster-wide budget of {run.Input.FleetBudget} unavailable nodes is used up"
                : $"no slot is free: maxUnavailable is {run.Budget} and these are unavailable: "
                    + $"{List(run.Input.Members.Members.Values.Where(view => view.IsUnavailable))}";
        if (undrainable.Count > 0)
            return $"{undrainable.Count} nodes cannot be drained now, and are asked again every {Pause.TotalSeconds:0} s: {List(undrainable)}";
        var (waiting, domains) = (run.Waves.Waiting.Where(run.Input.Accepts).ToList(), new Domains(run));
        if (waiting.Select(domains.Blocked).FirstOrDefault(why => why is not null) is { } elsewhere)
            return elsewhere;
        var controlPlane = new ControlPlane(run);
        if (waiting.Where(view => MayBegin(run, view)).Select(controlPlane.Blocked).FirstOrDefault(why => why is not null) is { } alone)
            return alone;
        return run.Waves.Begun.FirstOrDefault(wave => wave.Nodes.Pending.Count > 0 && wave.Nodes.Unavailable >= wave.Budget) is { } full
            ? $"no slot is free in wave {full.Wave.Name}: its maxUnavailable is {full.Budget}, and {full.Nodes.Unavailable} of its nodes are unavailable"
            : $"{waiting.Count} nodes cannot begin yet: {List(waiting)}";
    }

    private static bool HasRoomFor(RunState run, int inFlight) => inFlight < run.Budget && run.Input.FleetUnavailable <= run.Input.FleetBudget;

    // In the plan's order, but behind the one that was asked last: otherwise the first that cannot be drained would be asked again and again. The operator's
    // own comes last: who leads moves with it.
    private static IEnumerable<NodeView> InLine(RunState run, List<NodeView> pending)
    {
        var last = run.Nodes.Blocked is [.., var entry] ? pending.FindIndex(view => view.Node.Name == entry.Node) : -1;
        return pending.Skip(last + 1).Concat(pending.Take(last + 1))
            .OrderBy(view => view.Node.IsControlPlane)
            .ThenBy(view => view.Node.Name == run.Input.OwnNode);
    }

    private static bool MayBegin(RunState run, NodeView view) => view is
    {
        Node: { Ready: true, Leaving: false }, HoldsSlot: false,
        // One whose NodePatch was made anew has been forgotten: which of the updates are its own, only a scan can tell.
        Patch: { Metadata.DeletionTimestamp: null, Status.LastScan: not null },
    } && run.Input.Accepts(view) && !run.Input.AwaitsRecord(view.Patch);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static string List(IEnumerable<RunBlocked> blocked) => string.Join(
        ", ", blocked.Take(5).Select(entry => $"{entry.Node} (pod {entry.Pod}{(entry.Budget is null ? "" : $", PodDisruptionBudget {entry.Budget}")})"));

    private static string List(IEnumerable<NodeView> nodes) => string.Join(", ", nodes.Take(5).Select(view => $"{view.Node.Name} ({Describe(view)})"));

    private static string Describe(NodeView view) => view switch
    {
        { HoldsSlot: true } => "in an operation",
        { Node.Ready: false } => "not Ready",
        { Node.Unschedulable: true } => "cordoned",
        { Patch: { Metadata.DeletionTimestamp: null, Status.LastScan: null } } => "not scanned yet",
        { Patch.Metadata.DeletionTimestamp: null } => "its last turn is being recorded",
        _ => "its NodePatch is being made anew",
    };

    private static NodeOperation Operation(RunState run, NodeView view) => new()
    {
        Run = run.Run.Metadata.Name,
        RunUid = run.Run.Metadata.Uid,
        Undoes = run.Input.Plan?.Spec.Undoes,
        Updates = [.. run.Nodes.Updates.For(view)],
        Settings = run.Input.Settings,
    };
}
