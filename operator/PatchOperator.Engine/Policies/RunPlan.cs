using PatchOperator.Api;
using PatchOperator.Contract.Grammars;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>Plans a policy's next run, or says why there is none: the plan is frozen when the run is made.</summary>
internal static class RunPlan
{
    /// <summary>The most updates a plan names; what is beyond goes into the next run.</summary>
    public const int MaxUpdates = Limits.ApprovedUpdates;

    /// <summary>The most nodes a plan names; what is beyond goes into the next run.</summary>
    public const int MaxNodes = 10_000;

    /// <summary>The run to make now, or null, and where the policy stands, in words.</summary>
    public static (NewRun? Run, Standing Standing) Next(PolicyInput input)
    {
        if (input.Active is { } active)
            return (null, Active(active));

        var inNeed = input.Members.Where(view => view.Patch is { Metadata.DeletionTimestamp: null } && view.Assessment.NeedsRun).ToList();
        var unscanned = input.Members.Count(AwaitsFirstScan);
        if (inNeed.Count == 0)
            return (
                null,
                unscanned > 0 ? Scanning(input, unscanned) : input.Nodes.Members.IsEmpty ? Standing.NoNodes(input.Nodes.ClaimedByOthers) : Standing.Settled);
        if (input.Policy.Spec.Suspend)
            return (null, Standing.Waiting(Reasons.Suspended, $"suspended; {inNeed.Count} nodes need patching"));
        if (input.Windows.Count == 0)
            return (null, Standing.Waiting(Reasons.NoWindow, $"{inNeed.Count} nodes need patching, but spec.windows is empty: nodes are only scanned"));
        if (input.Windows.FirstOrDefault(window => window.State.AcceptsNodes) is not { State.Current: { } opening } window)
            return (null, Standing.Waiting(Reasons.WaitingForWindow, $"{inNeed.Count} nodes need patching and wait for a window"));

        // One plan for all beats many small ones: nodes whose first scan is under way are waited for.
        if (unscanned > 0)
            return (null, Scanning(input, unscanned));
        var turns = new TurnsOfOpening(input, opening);
        var candidates = inNeed.Where(view => !turns.HadItsTurn(view)).ToList();
        if (candidates.Count == 0)
            return (
                null,
                Standing.Waiting(Reasons.WaitingForNextOpening, $"{inNeed.Count} nodes had their turn in this opening and need another: they are tried again "
                    + "in the next"));
        var run = Make(input, window.Name, opening, candidates);
        var (planned, later) = (run.Plan.Nodes.Count, candidates.Count - run.Plan.Nodes.Count);
        return (
            run, Standing.Waiting(Reasons.RunInProgress, $"{planned} nodes are to be patched{(later > 0 ? $"; {later} more belong to the next run" : "")}"));
    }

    private static Standing Active(PatchRun run) => run.Status.Phase == RunPhase.Halted
        ? new Standing(Reasons.RunHalted, $"run {run.Metadata.Name} has halted: {run.Status.Message}", InProgress: false, Stalled: true)
        : Standing.Waiting(Reasons.RunInProgress, $"run {run.Metadata.Name} is under way: {run.Status.Progress?.Summary ?? "0"} nodes done");

    private static bool AwaitsFirstScan(NodeView view) => view.Node.Ready && view.Status is null or { LastScan: null, ScanFailure: null };

    private static Standing Scanning(PolicyInput input, int nodes) =>
        Standing.Scanning(nodes, input.Scans, input.Scans.Lasts(nodes, ScanTimes.Mean(input.Members)));

    private static NewRun Make(PolicyInput input, string window, Opening opening, List<NodeView> candidates)
    {
        var spec = input.Policy.Spec;
        var policy = new PolicyReference
        {
            Name = input.Policy.Metadata.Name,
            Uid = input.Policy.Metadata.Uid,
            Generation = input.Policy.Metadata.Generation ?? 0,
        };
        var updates = Updates(candidates.Take(MaxNodes));
        var planned = new PlanUpdates(updates);
        var plan = new PatchPlanSpec
        {
            Policy = policy,
            Settings = new RunSettings
            {
                ScanTimeout = spec.Scan.Timeout,
                RefreshPackageLists = spec.Updates.RefreshPackageLists,
                SecuritySources = spec.Updates.SecuritySources,
                PatchTimeout = spec.Updates.Timeout,
                Reboot = spec.Reboot,
                Drain = spec.Drain,
                Rollout = spec.Rollout,
            },
            Nodes = [.. candidates.Where(planned.Concerns).Take(MaxNodes).Select(view => new RunNode { Name = view.Node.Name, Uid = view.Node.Uid })],
            Updates = updates,
        };
        var (name, digest) = (RunName.Next(input.Policy.Metadata.Name, input.RunNames, input.Now), PlanDigest.Of(plan));
        // Another plan for the same run has another name: the one that a run names is never written over.
        var reference = new PlanReference { Name = $"{name}-{digest["sha256:".Length..][..8]}", Digest = digest };
        return new NewRun(
            name, new PatchRunSpec { Policy = policy, Window = window, WindowOpenedAt = opening.OpensAt, Trigger = RunTrigger.Window, Plan = reference }, plan);
    }

    // One version of a package for all nodes of a system: the one that most of them would get, so that a lagging mirror decides nothing.
    private static List<RunUpdate> Updates(IEnumerable<NodeView> nodes)
    {
        var offers = new Dictionary<(NodeSystem System, string Name), Offer>();
        foreach (var view in nodes)
        {
            var system = NodeSystem.Of(view);
            foreach (var package in view.Assessment.Approved)
            {
                if (!offers.TryGetValue((system, package.Name), out var offer))
                    offers.Add((system, package.Name), offer = new Offer(PackageVersions.Order(view.Status?.Node?.PackageManager)));
                offer.Add(package);
            }
        }

        return
        [
            .. offers
                .OrderByDescending(offer => offer.Value.Security)
                .ThenBy(offer => offer.Key.Name, StringComparer.Ordinal)
                .ThenBy(offer => offer.Key.System.OsFamily, StringComparer.Ordinal)
                .ThenBy(offer => offer.Key.System.Architecture, StringComparer.Ordinal)
                .Take(MaxUpdates)
                .Select(offer => new RunUpdate
                {
                    OsFamily = offer.Key.System.OsFamily,
                    Architecture = offer.Key.System.Architecture,
                    Name = offer.Key.Name,
                    Version = offer.Value.Version,
                }),
        ];
    }
}
