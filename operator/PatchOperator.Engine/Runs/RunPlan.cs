using System.Globalization;
using PatchOperator.Api;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Windows;

namespace PatchOperator.Engine.Runs;

/// <summary>Plans a policy's next run, or says why there is none: the plan is frozen when the run is made.</summary>
public static class RunPlan
{
    /// <summary>The most updates a plan names; what is beyond goes into the next run.</summary>
    public const int MaxUpdates = 500;

    /// <summary>The run to make now, or null, and where the policy stands, in words.</summary>
    public static (NewRun? Run, Standing Standing) Next(PolicyInput input)
    {
        var policy = input.Policy;
        if (input.Runs.FirstOrDefault(run => !RunPhases.IsTerminal(run.Status.Phase)) is { } active)
            return (null, Active(active));

        var inNeed = input.Nodes.Where(view => view.Status is { } status && Approval.NeedsRun(policy.Spec, status)).ToList();
        var unscanned = input.Nodes.Count(AwaitsFirstScan);
        if (inNeed.Count == 0)
            return (null, unscanned > 0 ? Standing.Scanning(unscanned) : Standing.Settled);
        if (policy.Spec.Suspend)
            return (null, Standing.Waiting(Reasons.Suspended, $"suspended; {inNeed.Count} nodes need patching"));
        if (input.Windows.Count == 0)
            return (null, Standing.Waiting(Reasons.NoWindow, $"{inNeed.Count} nodes need patching, but spec.windows is empty: nodes are only scanned"));
        if (input.Windows.FirstOrDefault(window => window.State.AcceptsNodes) is not { State.Current: { } opening } window)
            return (null, Standing.Waiting(Reasons.WaitingForWindow, $"{inNeed.Count} nodes need patching and wait for a window"));

        // One plan for all beats many small ones: nodes whose first scan is under way are waited for.
        if (unscanned > 0)
            return (null, Standing.Scanning(unscanned));
        var candidates = inNeed.Where(view => !FailedInThisOpening(view, input, opening)).ToList();
        return candidates.Count == 0
            ? (null, Standing.Waiting(Reasons.WaitingForNextOpening, $"{inNeed.Count} nodes failed in this opening and are tried again in the next"))
            : (Make(input, window.Name, opening, candidates), Standing.Waiting(Reasons.RunInProgress, $"{candidates.Count} nodes are to be patched"));
    }

    private static Standing Active(PatchRun run) => run.Status.Phase == RunPhase.Halted
        ? new Standing(Reasons.RunHalted, $"run {run.Metadata.Name} has halted: {run.Status.Message}", InProgress: false, Stalled: true)
        : Standing.Waiting(Reasons.RunInProgress, $"run {run.Metadata.Name} is under way: {run.Status.Progress?.Summary ?? "0"} nodes done");

    private static bool AwaitsFirstScan(NodeView view) => view.Node.Ready && view.Status is null or { LastScan: null, ScanFailure: null };

    private static bool FailedInThisOpening(NodeView view, PolicyInput input, Opening opening) =>
        view.Status!.LastOperation is { Result: OperationResult.Failed } last
        && input.Runs.Any(run => run.Metadata.Uid == last.RunUid && IsOf(run, input.Policy, opening));

    private static bool IsOf(PatchRun run, PatchPolicy policy, Opening opening) =>
        run.Spec.WindowOpenedAt == opening.OpensAt && run.Spec.Policy.Generation == policy.Metadata.Generation;

    private static NewRun Make(PolicyInput input, string window, Opening opening, List<NodeView> candidates)
    {
        var policy = input.Policy;
        return new NewRun(Name(input, opening), new PatchRunSpec
        {
            Policy = new PolicyReference { Name = policy.Metadata.Name, Uid = policy.Metadata.Uid, Generation = policy.Metadata.Generation ?? 0 },
            Window = window,
            WindowOpenedAt = opening.OpensAt,
            Trigger = RunTrigger.Window,
            Settings = new RunSettings
            {
                ScanTimeout = policy.Spec.Scan.Timeout,
                RefreshPackageLists = policy.Spec.Updates.RefreshPackageLists,
                SecuritySources = policy.Spec.Updates.SecuritySources,
                PatchTimeout = policy.Spec.Updates.Timeout,
                Reboot = policy.Spec.Reboot,
                Drain = policy.Spec.Drain,
                Rollout = policy.Spec.Rollout,
            },
            Nodes = [.. candidates.Select(view => new RunNode { Name = view.Node.Name, Uid = view.Node.Uid })],
            Updates = Updates(policy.Spec.Updates, candidates),
        });
    }

    private static string Name(PolicyInput input, Opening opening)
    {
        var stem = $"{input.Policy.Metadata.Name}-{opening.OpensAt.UtcDateTime.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}";
        var taken = input.Runs.Select(run => run.Metadata.Name).ToHashSet();
        return Enumerable.Range(1, taken.Count + 1)
            .Select(number => number == 1 ? stem : $"{stem}-{number}")
            .First(name => !taken.Contains(name));
    }

    // One version of a package for all nodes of a family: the one that most of them would get, so that a lagging mirror decides nothing.
    private static List<RunUpdate> Updates(UpdateSettings settings, IEnumerable<NodeView> candidates) =>
    [
        .. candidates
            .SelectMany(view => Approval.Pending(settings, view.Status!).Select(package => (Family: view.Status!.Node?.OsFamily, package)))
            .GroupBy(update => (update.Family, update.package.Name))
            .OrderByDescending(group => group.Any(update => update.package.Security))
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
            .Take(MaxUpdates)
            .Select(group => new RunUpdate { OsFamily = group.Key.Family, Name = group.Key.Name, Version = MostCommon(group.Select(update => update.package.Candidate)) }),
    ];

    private static string MostCommon(IEnumerable<string> versions) => versions
        .GroupBy(version => version)
        .OrderByDescending(group => group.Count())
        .ThenByDescending(group => group.Key, StringComparer.Ordinal)
        .First().Key;
}
