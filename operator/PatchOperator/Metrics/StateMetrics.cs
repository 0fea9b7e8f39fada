using System.Reflection;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine;
using PatchOperator.Queues;

namespace PatchOperator.Metrics;

/// <summary>
/// Where everything stands, read from the caches whenever somebody asks: a series is there for as long as its object. Only the leader
/// keeps caches, so only it has these series; summing over replicas counts nothing twice.
/// </summary>
internal sealed class StateMetrics
{
    private static readonly NodePhase[] Phases = Enum.GetValues<NodePhase>();

    private static readonly string[] QueuedKinds = [PatchPolicy.KindName, PatchRun.KindName, NodePatch.KindName, ImageBaseline.KindName];

    private readonly ClusterWorld world;
    private readonly Func<bool> isLeading;

    /// <param name="world">What is read.</param>
    /// <param name="queue">What waits to be looked at.</param>
    /// <param name="outcomes">What has happened to objects.</param>
    /// <param name="isLeading">Whether this replica leads and has its caches.</param>
    public StateMetrics(ClusterWorld world, WorkQueue queue, OutcomeMetrics outcomes, Func<bool> isLeading)
    {
        (this.world, this.isLeading) = (world, isLeading);
        var waiting =
            Gauge("reconcile.queue_length", "{object}", "Objects that wait for a reconcile that a change of another object has asked for.", ["kind"], () =>
            QueuedKinds.Select(kind => new LiveSeries(queue.Length(kind), kind)));
        LiveMetric[] cluster = [waiting, .. OfPolicies(), .. OfRuns(), OfNodes(), .. OfWindows(), .. OfImages(), Conditions(), .. outcomes.Counters];
        All = [.. Replica(), .. cluster.Select(OfLeader)];
    }

    public IReadOnlyList<LiveMetric> All { get; }

    private IEnumerable<PatchPolicy> Policies => world.Snapshot.Policies.All.Select(entry => entry.Policy);

    private IEnumerable<ImageBaseline> Baselines => world.Snapshot.Baselines.All.Select(entry => entry.Baseline);

    private LiveMetric OfLeader(LiveMetric metric) => metric with { Read = () => isLeading() ? metric.Read() : [] };

    private LiveMetric[] Replica()
    {
        var version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "unknown";
        return
        [
            Gauge("build_info", null, "The version of the operator; always 1.", ["version"], () => [new LiveSeries(1, version)]),
            Gauge("leader", null, "Whether this replica leads and knows the cluster: 1 or 0.", [], () => [new LiveSeries(isLeading() ? 1 : 0)]),
        ];
    }

    private LiveMetric[] OfPolicies() =>
    [
        Gauge("policy.nodes", "{node}", "Nodes of a policy by their compliance.", ["policy", "state"], () =>
            from policy in Policies
            where policy.Status.Nodes is not null
            from state in States(policy.Status.Nodes!)
            select new LiveSeries(state.Count, policy.Metadata.Name, state.State.ToString())),
        Gauge("policy.pending_security_updates", "{update}", "Approved security updates that are pending, over all nodes of a policy.", ["policy"], () =>
            from policy in Policies
            where policy.Status.Updates is not null
            select new LiveSeries(policy.Status.Updates!.Security, policy.Metadata.Name)),
        Gauge("policy.pending_updates", "{update}", "All approved updates that are pending, over all nodes of a policy.", ["policy"], () =>
            from policy in Policies
            where policy.Status.Updates is not null
            select new LiveSeries(policy.Status.Updates!.Total, policy.Metadata.Name)),
        Gauge("policy.oldest_pending.timestamp", "s", "When the oldest pending approved update of a policy was first seen on any node.", ["policy"], () =>
            from policy in Policies
            where policy.Status.Updates?.OldestFirstSeen is not null
            select new LiveSeries(policy.Status.Updates!.OldestFirstSeen!.Value, policy.Metadata.Name)),
        Gauge(
            "policy.oldest_pending_security.timestamp",
            "s",
            "When the oldest pending approved security update of a policy was first seen on any node.",
            ["policy"],
            OldestSecurityUpdates),
        Gauge("policy.nodes_with_outdated_services", "{node}", "Nodes of a policy on which services run code that was replaced.", ["policy"], () =>
            from entry in world.Snapshot.Policies.All
            let members = world.Snapshot.Fleet.Of(entry.Terms.Name).Members.Values
            select new LiveSeries(members.Count(view => view.Status?.OutdatedServices is { Count: > 0 }), entry.Terms.Name)),
        Gauge("policy.last_run.finished_timestamp", "s", "When the last finished run of a policy ended, and in which phase.", ["policy", "phase"], () =>
            from policy in Policies
            where policy.Status.LastRun?.FinishedAt is not null
            select new LiveSeries(policy.Status.LastRun!.FinishedAt!.Value, policy.Metadata.Name, policy.Status.LastRun.Phase.ToString())),
    ];

    private static (ComplianceState State, int Count)[] States(NodeCounts nodes) =>
    [
        (ComplianceState.Compliant, nodes.Compliant),
        (ComplianceState.NonCompliant, nodes.NonCompliant),
        (ComplianceState.PendingReboot, nodes.PendingReboot),
        (ComplianceState.Failed, nodes.Failed),
        (ComplianceState.Unknown, nodes.Unknown),
        (ComplianceState.Quarantined, nodes.Quarantined),
        (ComplianceState.Exempt, nodes.Exempt),
    ];

    // The status of a policy has the oldest of all approved updates, of security or not.
    private IEnumerable<LiveSeries> OldestSecurityUpdates() =>
        from entry in world.Snapshot.Policies.All
        let oldest = world.Snapshot.Fleet.Of(entry.Terms.Name).Members.Values.Min(view => view.Assessment.OldestSecurity)
        where oldest is not null
        select new LiveSeries(oldest.Value, entry.Terms.Name);

    // The run needs no label of its own, as names of runs would go on for ever: of several that are not finished the one that goes first.
    private IEnumerable<(string Policy, PatchRunStatus Status)> Unfinished() =>
        from run in world.Snapshot.Runs.All
        where run.Status.Phase is not null
            && !RunPhases.IsTerminal(run.Status.Phase)
            && world.Snapshot.Policies[run.Spec.Policy.Name]?.Terms.Uid == run.Spec.Policy.Uid
        group run by run.Spec.Policy.Name into runs
        let first = runs.OrderBy(run => run.Metadata.Name, StringComparer.Ordinal).MaxBy(run => (RunPhases.IsMoving(run.Status), run.Spec.Trigger))
        select (runs.Key, first.Status);

    private LiveMetric[] OfRuns() =>
    [
        Gauge("run.phase", null, "The phase of a policy's unfinished run; always 1.", ["policy", "phase"], () =>
            from run in Unfinished()
            select new LiveSeries(1, run.Policy, run.Status.Phase!.Value.ToString())),
        Gauge("run.started.timestamp", "s", "When a policy's unfinished run was started.", ["policy"], () =>
            from run in Unfinished()
            where run.Status.StartedAt is not null
            select new LiveSeries(run.Status.StartedAt!.Value, run.Policy)),
        Gauge("run.nodes", "{node}", "Nodes of a policy's unfinished run by what has become of them.", ["policy", "state"], () =>
            from run in Unfinished()
            where run.Status.Progress is not null
            from state in States(run.Status.Progress!)
            select new LiveSeries(state.Count, run.Policy, state.State)),
    ];

    private static (string State, int Count)[] States(RunProgress nodes) =>
    [
        ("Pending", nodes.Pending),
        ("InProgress", nodes.InProgress),
        ("Succeeded", nodes.Succeeded),
        ("Failed", nodes.Failed),
        ("Skipped", nodes.Skipped),
    ];

    private LiveMetric OfNodes() => Gauge("nodes", "{node}", "Tracked nodes of all policies by the phase of their operation.", ["phase"], () =>
    {
        var counts = world.Snapshot.NodePatches.All.CountBy(patch => patch.Status.Phase).ToDictionary();
        return Phases.Select(phase => new LiveSeries(counts.GetValueOrDefault(phase), phase.ToString()));
    });

    // A Blackout opens nothing.
    private IEnumerable<PatchWindow> OpeningWindows =>
        world.Snapshot.Windows.All.Select(entry => entry.Window).Where(window => window.Spec.Effect == WindowEffect.Allow);

    private LiveMetric[] OfWindows() =>
    [
        Gauge("window.open", null, "Whether a window is open: 1 or 0.", ["window", "time_zone"], () =>
            from window in OpeningWindows
            select new LiveSeries(window.Status.Current is null ? 0 : 1, window.Metadata.Name, window.Spec.TimeZone)),
        Gauge("window.closes.timestamp", "s", "When the opening of a window that lasts now ends.", ["window", "time_zone"], () =>
            from window in OpeningWindows
            where window.Status.Current is not null
            select new LiveSeries(window.Status.Current!.ClosesAt, window.Metadata.Name, window.Spec.TimeZone)),
        Gauge("window.next_open.timestamp", "s", "When a window opens next.", ["window", "time_zone"], () =>
            from window in OpeningWindows
            where window.Status.Upcoming.Count > 0
            select new LiveSeries(window.Status.Upcoming[0].OpensAt, window.Metadata.Name, window.Spec.TimeZone)),
    ];

    private LiveMetric[] OfImages() =>
    [
        Gauge("image.built.timestamp", "s", "When the current image of a baseline was built.", ["baseline"], () =>
            from baseline in Baselines
            where baseline.Status.Current is not null
            select new LiveSeries(baseline.Status.Current!.BuiltAt, baseline.Metadata.Name)),
        Gauge("image.pending_security_updates", "{update}", "Security updates that are pending in the current image of a baseline.", ["baseline"], () =>
            from baseline in Baselines
            where baseline.Status.Current?.Pending is not null
            select new LiveSeries(baseline.Status.Current!.Pending!.Security, baseline.Metadata.Name)),
        Gauge("image.pending_updates", "{update}", "All updates that are pending in the current image of a baseline.", ["baseline"], () =>
            from baseline in Baselines
            where baseline.Status.Current?.Pending is not null
            select new LiveSeries(baseline.Status.Current!.Pending!.Total, baseline.Metadata.Name)),
        Gauge("image.missing_updates", "{update}", "The most updates that any one run has installed on nodes and that the newest image of a baseline "
            + "lacks.", ["baseline"], () =>
            from baseline in Baselines
            where baseline.Status.Current is not null
            select new LiveSeries(baseline.Status.Runs.Where(run => !run.InCurrent).Select(run => run.Missing).DefaultIfEmpty().Max(), baseline.Metadata.Name)),
        Gauge("image.nodes", "{node}", "Live nodes by the image of a baseline that they came from.", ["baseline", "state"], () =>
            from baseline in Baselines
            where baseline.Status.Nodes is not null
            from state in States(baseline.Status.Nodes!)
            select new LiveSeries(state.Count, baseline.Metadata.Name, state.State)),
    ];

    private static (string State, int Count)[] States(ImageNodeCounts nodes) =>
    [
        ("Current", nodes.OnCurrent),
        ("Outdated", nodes.Outdated - nodes.OnRevoked),
        ("Revoked", nodes.OnRevoked),
        ("Unknown", nodes.Unknown),
    ];

    private LiveMetric Conditions() => Gauge("resource.condition", null, "The status that a condition of an object has now; always 1.",
        ["kind", "name", "condition", "status"], () =>
        from item in Policies.Select(policy => (Kind: PatchPolicy.KindName, policy.Metadata.Name, policy.Status.Conditions))
            .Concat(
                world.Snapshot.Windows.All.Select(entry => entry.Window)
                    .Select(window => (Kind: PatchWindow.KindName, window.Metadata.Name, window.Status.Conditions)))
            .Concat(Baselines.Select(baseline => (Kind: ImageBaseline.KindName, baseline.Metadata.Name, baseline.Status.Conditions)))
        from condition in item.Conditions
        select new LiveSeries(1, item.Kind, item.Name, condition.Type, condition.Status));

    private static LiveMetric Gauge(string name, string? unit, string help, string[] labels, Func<IEnumerable<LiveSeries>> read) =>
        new(name, unit, help, IsCounter: false, labels, read);
}
