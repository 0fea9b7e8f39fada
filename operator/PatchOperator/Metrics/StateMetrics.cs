using System.Diagnostics.Metrics;
using System.Reflection;
using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Leading;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Runs;
using PatchOperator.Reconciling;

namespace PatchOperator.Metrics;

/// <summary>
/// Where everything stands, read from the caches whenever somebody asks: a series is there for as long as its object. Only the leader
/// keeps caches, so only it has these series; summing over replicas counts nothing twice.
/// </summary>
internal sealed class StateMetrics
{
    /// <summary>The one with several series per object, see <see cref="MetricsExport"/>.</summary>
    public const string Conditions = OperatorMeter.Prefix + "resource.condition";

    private static readonly NodePhase[] Phases = Enum.GetValues<NodePhase>();

    private static readonly string[] QueuedKinds = [PatchPolicy.KindName, PatchRun.KindName, NodePatch.KindName, ImageBaseline.KindName];

    private readonly Meter meter;
    private readonly ClusterCache cache;
    private readonly Leadership leadership;
    private readonly Backlog backlog;

    public StateMetrics(IMeterFactory meters, ClusterCache cache, Leadership leadership, Backlog backlog)
    {
        (meter, this.cache, this.leadership, this.backlog) = (meters.OperatorMeters(), cache, leadership, backlog);
        AddOperator();
        AddPolicies();
        AddRuns();
        AddNodes();
        AddWindows();
        AddImages();
        AddConditions();
    }

    private void AddOperator()
    {
        var version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "unknown";
        meter.CreateObservableGauge(OperatorMeter.Prefix + "build_info", () => Value(1, ("version", version)), null, "The version of the operator; always 1.");
        meter.CreateObservableGauge(OperatorMeter.Prefix + "leader", () => leadership.IsLeading ? 1 : 0, null, "Whether this replica leads and knows the cluster: 1 or 0.");
        Gauge("reconcile.queue_length", "{object}", "Objects that wait for a reconcile that a change of another object has asked for.", () =>
            QueuedKinds.Select(kind => Value(backlog.Length(kind), ("kind", kind))));
    }

    private void AddPolicies()
    {
        IEnumerable<(string Policy, PatchPolicyStatus Status)> Policies() => cache.Policies.Items.Select(policy => (policy.Metadata.Name, policy.Status));
        Gauge("policy.nodes", "{node}", "Nodes of a policy by their compliance.", () =>
            from policy in Policies()
            where policy.Status.Nodes is not null
            from state in States(policy.Status.Nodes!)
            select Value(state.Count, ("policy", policy.Policy), ("state", state.State.ToString())));
        Gauge("policy.pending_security_updates", "{update}", "Approved security updates that are pending, over all nodes of a policy.", () =>
            from policy in Policies()
            where policy.Status.Updates is not null
            select Value(policy.Status.Updates!.Security, ("policy", policy.Policy)));
        Gauge("policy.pending_updates", "{update}", "All approved updates that are pending, over all nodes of a policy.", () =>
            from policy in Policies()
            where policy.Status.Updates is not null
            select Value(policy.Status.Updates!.Total, ("policy", policy.Policy)));
        Gauge("policy.oldest_pending.timestamp", "s", "When the oldest pending approved update of a policy was first seen on any node.", () =>
            from policy in Policies()
            where policy.Status.Updates?.OldestFirstSeen is not null
            select Value(policy.Status.Updates!.OldestFirstSeen!.Value, ("policy", policy.Policy)));
        Gauge("policy.oldest_pending_security.timestamp", "s", "When the oldest pending approved security update of a policy was first seen on any node.", OldestSecurityUpdates);
        Gauge("policy.last_run.finished_timestamp", "s", "When the last finished run of a policy ended, and in which phase.", () =>
            from policy in Policies()
            where policy.Status.LastRun?.FinishedAt is not null
            select Value(policy.Status.LastRun!.FinishedAt!.Value, ("policy", policy.Policy), ("phase", policy.Status.LastRun.Phase.ToString())));
    }

    private static (ComplianceState State, int Count)[] States(NodeCounts nodes) =>
    [
        (ComplianceState.Compliant, nodes.Compliant),
        (ComplianceState.NonCompliant, nodes.NonCompliant),
        (ComplianceState.PendingReboot, nodes.PendingReboot),
        (ComplianceState.Failed, nodes.Failed),
        (ComplianceState.Unknown, nodes.Unknown),
    ];

    // The status of a policy has the oldest of all approved updates.
    private IEnumerable<Measurement<double>> OldestSecurityUpdates()
    {
        var claims = cache.Claims;
        return
            from patch in cache.NodePatches.Items
            let policy = claims.PolicyOf(patch.Metadata.Name) is { } name ? cache.Policies.Get(name) : null
            where policy is not null
            from package in Approval.Pending(policy.Spec.Updates, patch.Status)
            where package.Security
            group package.FirstSeen by policy.Metadata.Name into seen
            select Value(seen.Min(), ("policy", seen.Key));
    }

    // A policy has one run at a time that is not finished, so the run needs no label of its own: names of runs would go on for ever.
    private void AddRuns()
    {
        IEnumerable<(string Policy, PatchRunStatus Status)> Runs() => cache.Runs.Items
            .Where(run => run.Status.Phase is not null && !RunPhases.IsTerminal(run.Status.Phase))
            .Select(run => (run.Spec.Policy.Name, run.Status));
        Gauge("run.phase", null, "The phase of a policy's unfinished run; always 1.", () =>
            from run in Runs()
            select Value(1, ("policy", run.Policy), ("phase", run.Status.Phase!.Value.ToString())));
        Gauge("run.started.timestamp", "s", "When a policy's unfinished run was started.", () =>
            from run in Runs()
            where run.Status.StartedAt is not null
            select Value(run.Status.StartedAt!.Value, ("policy", run.Policy)));
        Gauge("run.nodes", "{node}", "Nodes of a policy's unfinished run by what has become of them.", () =>
            from run in Runs()
            where run.Status.Progress is not null
            from state in States(run.Status.Progress!)
            select Value(state.Count, ("policy", run.Policy), ("state", state.State)));
    }

    private static (string State, int Count)[] States(RunProgress nodes) =>
    [
        ("Pending", nodes.Pending),
        ("InProgress", nodes.InProgress),
        ("Succeeded", nodes.Succeeded),
        ("Failed", nodes.Failed),
        ("Skipped", nodes.Skipped),
    ];

    private void AddNodes() => Gauge("nodes", "{node}", "Tracked nodes of all policies by the phase of their operation.", () =>
    {
        var counts = cache.NodePatches.Items.CountBy(patch => patch.Status.Phase).ToDictionary();
        return Phases.Select(phase => Value(counts.GetValueOrDefault(phase), ("phase", phase.ToString())));
    });

    private void AddWindows()
    {
        Gauge("window.open", null, "Whether a window is open: 1 or 0.", () =>
            from window in cache.Windows.Items
            select Value(window.Status.Current is null ? 0 : 1, Labels(window)));
        Gauge("window.closes.timestamp", "s", "When the opening of a window that lasts now ends.", () =>
            from window in cache.Windows.Items
            where window.Status.Current is not null
            select Value(window.Status.Current!.ClosesAt, Labels(window)));
        Gauge("window.next_open.timestamp", "s", "When a window opens next.", () =>
            from window in cache.Windows.Items
            where window.Status.Upcoming.Count > 0
            select Value(window.Status.Upcoming[0].OpensAt, Labels(window)));
    }

    private static (string, string)[] Labels(PatchWindow window) => [("window", window.Metadata.Name), ("time_zone", window.Spec.TimeZone)];

    private void AddImages()
    {
        IEnumerable<(string Baseline, ImageBaselineStatus Status)> Baselines() => cache.Baselines.Items.Select(baseline => (baseline.Metadata.Name, baseline.Status));
        Gauge("image.built.timestamp", "s", "When the current image of a baseline was built.", () =>
            from baseline in Baselines()
            where baseline.Status.Current is not null
            select Value(baseline.Status.Current!.BuiltAt, ("baseline", baseline.Baseline)));
        Gauge("image.pending_security_updates", "{update}", "Security updates that are pending in the current image of a baseline.", () =>
            from baseline in Baselines()
            where baseline.Status.Current?.Pending is not null
            select Value(baseline.Status.Current!.Pending!.Security, ("baseline", baseline.Baseline)));
        Gauge("image.pending_updates", "{update}", "All updates that are pending in the current image of a baseline.", () =>
            from baseline in Baselines()
            where baseline.Status.Current?.Pending is not null
            select Value(baseline.Status.Current!.Pending!.Total, ("baseline", baseline.Baseline)));
        Gauge("image.missing_updates", "{update}", "The most updates that any one run has installed on nodes and that the newest image of a baseline lacks.", () =>
            from baseline in Baselines()
            where baseline.Status.Current is not null
            select Value(baseline.Status.Runs.Where(run => !run.InCurrent).Select(run => run.Missing).DefaultIfEmpty().Max(), ("baseline", baseline.Baseline)));
        Gauge("image.nodes", "{node}", "Live nodes by the image of a baseline that they came from.", () =>
            from baseline in Baselines()
            where baseline.Status.Nodes is not null
            from state in States(baseline.Status.Nodes!)
            select Value(state.Count, ("baseline", baseline.Baseline), ("state", state.State)));
    }

    private static (string State, int Count)[] States(ImageNodeCounts nodes) =>
    [
        ("Current", nodes.OnCurrent),
        ("Outdated", nodes.Outdated - nodes.OnRevoked),
        ("Revoked", nodes.OnRevoked),
        ("Unknown", nodes.Unknown),
    ];

    private void AddConditions() => Gauge("resource.condition", null, "The status that a condition of an object has now; always 1.", () =>
        from item in cache.Policies.Items.Select(policy => Item(policy, policy.Status.Conditions))
            .Concat(cache.Windows.Items.Select(window => Item(window, window.Status.Conditions)))
            .Concat(cache.Baselines.Items.Select(baseline => Item(baseline, baseline.Status.Conditions)))
        from condition in item.Conditions
        select Value(1, ("kind", item.Kind), ("name", item.Name), ("condition", condition.Type), ("status", condition.Status)));

    private static (string Kind, string Name, List<Condition> Conditions) Item(IKubernetesObject<V1ObjectMeta> entity, List<Condition> conditions) =>
        (entity.Kind, entity.Metadata.Name, conditions);

    private void Gauge(string name, string? unit, string description, Func<IEnumerable<Measurement<double>>> observe) =>
        meter.CreateObservableGauge(OperatorMeter.Prefix + name, () => leadership.IsLeading ? observe() : [], unit, description);

    private static Measurement<double> Value(DateTimeOffset time, params (string Name, string Value)[] labels) => Value(time.ToUnixTimeSeconds(), labels);

    private static Measurement<double> Value(double value, params (string Name, string Value)[] labels) =>
        new(value, labels.Select(label => KeyValuePair.Create<string, object?>(label.Name, label.Value)));
}
