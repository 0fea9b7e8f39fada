using System.Text;
using PatchOperator.Api;
using PatchOperator.Contract.Grammars;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Specs;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Plans;

/// <summary>Plans what is to be done for the nodes of a policy: which of them, and which updates.</summary>
internal static class Planner
{
    /// <summary>The most updates a plan names; what is beyond goes into the next run.</summary>
    public const int MaxUpdates = Limits.PlannedUpdates;

    /// <summary>The most nodes a plan names; what is beyond goes into the next run.</summary>
    public const int MaxNodes = 10_000;

    // etcd takes no more than 1.5 MiB at once; the object's metadata and its waves come on top.
    private const int MaxPlanBytes = 1_400_000;

    // So that there is room for nodes.
    private const int MaxUpdatesBytes = 512 * 1024;

    /// <summary>What would be planned now in the place of a run's plan; null where nothing would be.</summary>
    /// <param name="run">The run, which no node has had its turn in.</param>
    /// <param name="policy">What its policy asks for.</param>
    /// <param name="members">The policy's nodes.</param>
    /// <param name="runs">The policy's runs.</param>
    /// <param name="windows">The policy's windows: a node that has none is in no plan.</param>
    public static PatchPlanSpec? InPlaceOf(
        PatchRun run, PolicyTerms policy, PolicyNodes members, IEnumerable<PatchRun> runs, IReadOnlyList<NamedWindow> windows)
    {
        var turns = new TurnsOfOpening(runs, policy.Generation, run.Spec.WindowOpenedAt ?? DateTimeOffset.MaxValue, run.Spec.WindowDay);
        var of = windows.FirstOrDefault(window => window.Name == run.Spec.Window);
        var needs = new Needs(members.Members.Values);
        var candidates = needs.Nodes.Where(view => !turns.HadItsTurn(view) && (of is null || of.For(view.Node.Place) is not null)).ToList();
        return candidates.Count == 0 ? null : Plan(run.Spec.Policy, policy.Spec, candidates, needs.Of);
    }

    /// <summary>The plan for nodes of a policy.</summary>
    /// <param name="policy">The policy as it is now.</param>
    /// <param name="spec">What it asks for.</param>
    /// <param name="candidates">The nodes.</param>
    /// <param name="which">Which updates of a node are planned.</param>
    /// <param name="known">
    /// Versions that are rather planned than those that the nodes are offered, where a node may get a newer one that has replaced them; null: none.
    /// </param>
    public static PatchPlanSpec Plan(
        PolicyReference policy,
        PatchPolicySpec spec,
        List<NodeView> candidates,
        Func<NodeView, IEnumerable<PendingPackage>> which,
        IReadOnlyList<RunUpdate>? known = null)
    {
        var updates = Updates(candidates.Take(MaxNodes), which, spec.Updates.Freeze == UpdateFreeze.AtLeast ? known ?? [] : []);
        var planned = new PlanUpdates(updates, spec.Updates.Freeze);
        return Of(policy, spec, candidates.Where(planned.Concerns), updates);
    }

    /// <summary>The plan that has these updates for these nodes of a policy.</summary>
    /// <param name="policy">The policy as it is now.</param>
    /// <param name="spec">What it asks for.</param>
    /// <param name="concerned">The nodes: what is beyond the most that a plan names, or has room for, goes into the next run.</param>
    /// <param name="updates">The updates; none where nothing is installed.</param>
    public static PatchPlanSpec Of(PolicyReference policy, PatchPolicySpec spec, IEnumerable<NodeView> concerned, List<RunUpdate> updates)
    {
        var plan = new PatchPlanSpec
        {
            Policy = policy,
            Settings = new RunSettings
            {
                ScanTimeout = spec.Scan.Timeout,
                RefreshPackageLists = spec.Updates.RefreshPackageLists,
                Freeze = spec.Updates.Freeze,
                SecuritySources = spec.Updates.SecuritySources,
                AllowNewPackages = spec.Updates.AllowNewPackages ? null : false,
                Phasing = spec.Updates.Phasing == UpdatePhasing.Respect ? null : spec.Updates.Phasing,
                Staging = spec.Staging == StagingMode.Never ? null : spec.Staging,
                StagingBandwidth = spec.StagingBandwidth,
                OldKernels = spec.Updates.OldKernels == OldKernels.Keep ? null : spec.Updates.OldKernels,
                PatchTimeout = spec.Updates.Timeout,
                Reboot = spec.Reboot,
                RestartServices = spec.RestartServices == RestartServices.Never ? null : spec.RestartServices,
                Drain = spec.Drain,
                Rollout = spec.Rollout.Frozen(),
                Verify = spec.Verify is { Units: true, Commands: [] } ? null : spec.Verify,
                OnFailure = spec.OnFailure.Action == FailureAction.Uncordon ? null : spec.OnFailure,
                Hooks = spec.Hooks,
            },
            Approval = spec.Rollout.Approval,
            MaxConsecutiveFailures = spec.Rollout.MaxConsecutiveFailures,
            TopologyKey = spec.Rollout.TopologyKey,
            HealthChecks = spec.HealthChecks.Count == 0 ? null : spec.HealthChecks,
            Updates = updates,
        };
        var (waves, nodes) = Waves.Of(spec.Rollout, [.. Fitting(plan, spec.Rollout, concerned.Take(MaxNodes))]);
        return plan with { Waves = waves, Nodes = nodes };
    }

    // Each is given room for the longest name of a wave: which one it is dealt into follows from how many there are.
    private static IEnumerable<NodeView> Fitting(PatchPlanSpec plan, PolicyRollout rollout, IEnumerable<NodeView> nodes)
    {
        var room = MaxPlanBytes - Encoding.UTF8.GetByteCount(CanonicalJson.Of(plan));
        var wave = rollout.Waves.Select(wave => wave.Name.Length).Append(RolloutWave.Rest.Length).Max();
        // The names of fields take the rest.
        return nodes.TakeWhile(view => (room -= 31 + view.Node.Name.Length + view.Node.Uid.Length + wave) >= 0);
    }

    // One version of a package for all nodes of a system: the one that most of them would get, so that a lagging mirror decides nothing.
    private static List<RunUpdate> Updates(IEnumerable<NodeView> nodes, Func<NodeView, IEnumerable<PendingPackage>> which, IReadOnlyList<RunUpdate> known)
    {
        var versions = known.ToDictionary(update => (NodeSystem.Of(update), update.Name), update => update.Version);
        var offers = new Dictionary<(NodeSystem System, string Name), Offer>();
        foreach (var view in nodes)
        {
            var system = NodeSystem.Of(view);
            foreach (var package in which(view))
            {
                if (!offers.TryGetValue((system, package.Name), out var offer))
                    offers.Add((system, package.Name), offer = new Offer(PackageVersions.Order(view.Status?.Node?.PackageManager)));
                offer.Add(package);
            }
        }

        var updates = offers
            .OrderByDescending(offer => offer.Value.Security)
            .ThenBy(offer => offer.Key.Name, StringComparer.Ordinal)
            .ThenBy(offer => offer.Key.System.OsFamily, StringComparer.Ordinal)
            .ThenBy(offer => offer.Key.System.Architecture, StringComparer.Ordinal)
            .Select(offer => (offer.Value.IsNew, Update: new RunUpdate
            {
                OsFamily = offer.Key.System.OsFamily,
                Architecture = offer.Key.System.Architecture,
                Name = offer.Key.Name,
                Version = offer.Value.Rather(versions.GetValueOrDefault(offer.Key)),
                Removes = offer.Value.Removes,
            }))
            .ToList();
        var systems = Math.Max(1, updates.Select(offer => NodeSystem.Of(offer.Update)).Distinct().Count());
        var (most, mostBytes) = (Math.Min(Limits.ApprovedUpdates, MaxUpdates / systems), Math.Min(UpdateBytes.Most, MaxUpdatesBytes / systems));
        // What is installed anew is there before what needs it.
        var planned = updates
            .OrderByDescending(offer => offer.IsNew)
            .GroupBy(offer => NodeSystem.Of(offer.Update), offer => offer.Update)
            .SelectMany(system => WholeGroups.Take(
                [.. system], update => update.Version, update => UpdateBytes.Of(update.Name, update.Version, update.Removes), most, mostBytes))
            .ToHashSet();
        return [.. updates.Select(offer => offer.Update).Where(planned.Contains)];
    }
}
