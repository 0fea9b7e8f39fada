using PatchOperator.Api;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.Records;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Where each node of a run stands, told from the nodes themselves.</summary>
internal sealed class RunNodes
{
    private readonly RunInput input;
    private readonly Dictionary<string, NodeTally> waves = [];
    private readonly HashSet<string> undrainable;
    private readonly HashSet<string> passedOver = [];
    private readonly Dictionary<string, int> skipped = [];

    public RunNodes(RunInput input)
    {
        undrainable = [.. input.Run.Status.Blocked.Where(entry => entry.CheckedAt is not null).Select(entry => entry.Node)];
        (this.input, Updates) = (input, new PlanUpdates(input.Plan?.Spec.Updates ?? [], input.Settings.Freeze));
        foreach (var node in input.Plan?.Spec.Nodes ?? input.Unplanned)
        {
            var view = input.Node(node.Name) is { } found && found.Node.Uid == node.Uid ? found : null;
            var place = view is null ? Skip("gone") : PlaceOf(view);
            All.Add(view, place);
            if (node.Wave is { } wave)
                Of(wave).Add(view, place);
            if (!input.Records.Has(node.Uid) && (view is null || IsOver(view)))
                Unrecorded.Add(new EndedTurn(node, view is null ? input.PatchOf(node) : view.Patch));
        }
    }

    /// <summary>All of them.</summary>
    public NodeTally All { get; } = new();

    /// <inheritdoc cref="NodeTally.Pending"/>
    public List<NodeView> Pending => All.Pending;

    public List<NodeView> InFlight => All.InFlight;

    public List<NodeView> Succeeded => All.Succeeded;

    public List<NodeView> Failed => All.Failed;

    /// <inheritdoc cref="NodeTally.Skipped"/>
    public int Skipped => All.Skipped;

    /// <summary>For what how many were skipped, in words; most of them first.</summary>
    public string WhySkipped =>
        string.Join(", ", skipped.OrderByDescending(why => why.Value).ThenBy(why => why.Key, StringComparer.Ordinal).Select(why => $"{why.Value} {why.Key}"));

    /// <summary>Nodes whose turn is over, and those that are gone, as far as they are in no record yet.</summary>
    public List<EndedTurn> Unrecorded { get; } = [];

    /// <summary>Those that were passed over as they cannot be drained, and have not had their turn since; the one that was asked last is the last.</summary>
    public IReadOnlyList<RunBlocked> Blocked => [.. input.Run.Status.Blocked.Where(entry => passedOver.Contains(entry.Node))];

    /// <summary>Those whose drain is under way and held up, as far as there is room for them in a status.</summary>
    public IEnumerable<RunBlocked> Draining => InFlight
        .Where(view => view.Status?.Blocked is not null)
        .Take(Limits.RunBlocked - Admissions.MostBlocked)
        .Select(view => Admissions.Entry(view, view.Status!.Blocked!));

    /// <summary>Those that pods were deleted from without eviction, past their PodDisruptionBudgets.</summary>
    public List<string> Forced { get; } = [];

    /// <summary>How many of the skipped have something left to be done, which the next run takes.</summary>
    public int LeftOver { get; private set; }

    /// <summary>What the plan has for them.</summary>
    public PlanUpdates Updates { get; }

    /// <summary>How many nodes the plan has, or had when it was last there.</summary>
    public int Total => input.Plan?.Spec.Nodes.Count ?? input.Run.Status.Progress?.Total ?? 0;

    public RunProgress Progress => new()
    {
        Total = Total,
        Pending = Pending.Count,
        InProgress = InFlight.Count,
        Succeeded = Succeeded.Count,
        Failed = Failed.Count,
        Skipped = Skipped,
        Summary = $"{Succeeded.Count + Skipped}/{Total}",
    };

    /// <summary>Those of a wave.</summary>
    public NodeTally Of(string wave) => waves.TryGetValue(wave, out var tally) ? tally : waves[wave] = new NodeTally();

    private Func<NodeTally, List<NodeView>>? PlaceOf(NodeView view)
    {
        var uid = input.Run.Metadata.Uid;
        if (view.Status?.LastOperation is { Forced: > 0 } forced && forced.RunUid == uid)
            Forced.Add(view.Node.Name);
        if (view.Status?.LastOperation is { } last && last.RunUid == uid)
            return last.Result switch
            {
                OperationResult.Cancelled => Skip("withdrawn"),
                OperationResult.Skipped => Left(last.Reason ?? "left out"),
                OperationResult.InProgress => tally => tally.InFlight,
                OperationResult.Succeeded => tally => tally.Succeeded,
                _ => tally => tally.Failed,
            };
        // What was taken back in the middle of the run is not installed again by it: its Jobs have ended already.
        if (view.Spec?.Operation?.Undoes?.Uid == uid)
            return Left("taken back");
        // Nor is one that has had its turn, whatever another run has done with it since.
        if (input.Records.Has(view.Node.Uid))
            return Skip("had their turn");
        return view.Spec?.Operation?.RunUid == uid ? tally => tally.InFlight
            : view.Policy?.Name != input.Run.Spec.Policy.Name ? Skip("of the policy no more")
            : NeedsNothing(view) ? Skip("with nothing to do")
            : StayedAway(view) ? Skip("not Ready, or without a window")
            : PlaceInLine(view);
    }

    // One that could not be drained for as long as the window was open is planned anew in the next opening, with whatever else has come by then.
    private Func<NodeTally, List<NodeView>>? PlaceInLine(NodeView view)
    {
        var passed = undrainable.Contains(view.Node.Name);
        if (passed)
            passedOver.Add(view.Node.Name);
        return !passed || input.IsOpen ? tally => tally.Pending : Left("impossible to drain");
    }

    private Func<NodeTally, List<NodeView>>? Left(string why)
    {
        LeftOver++;
        return Skip(why);
    }

    private Func<NodeTally, List<NodeView>>? Skip(string why)
    {
        skipped[why] = skipped.GetValueOrDefault(why) + 1;
        return null;
    }

    // One that was withdrawn with its NodePatch has another turn once that is made anew.
    private bool IsOver(NodeView view) => view.Status?.LastOperation is { } last && last.RunUid == input.Run.Metadata.Uid && last.Result switch
    {
        OperationResult.InProgress => false,
        OperationResult.Cancelled => view.Patch!.Metadata.DeletionTimestamp is null,
        _ => true,
    };

    private bool NeedsNothing(NodeView view) => view.Status is { LastScan: not null } && input.Policy is { Errors.Count: 0 }
        && !(input.Plan?.Spec.Undoes is { } undone ? Undoing.Concerns(view, undone.Uid) : Updates.Concerns(view));

    // A node that does not come back must not keep its policy from ever making another plan. If others keep the run going, it is waited for again in the next
    // opening.
    private bool StayedAway(NodeView view) => (!view.Node.Ready || !input.HasWindow(view)) && (input.IsWindowless || !input.IsOpen);
}
