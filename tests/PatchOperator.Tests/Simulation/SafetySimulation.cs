using k8s.Models;
using PatchOperator.Api;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>Drains that cannot be, and what is done to nodes beside patching them, under random faults.</summary>
public class SafetySimulation
{
    private static readonly PatchPolicySpec Drained = new() { Drain = new DrainSettings { Mode = DrainMode.Always } };

    [Fact]
    public void A_node_whose_budget_never_has_room_is_named_and_left_alone_and_the_others_go_on() => ForEachSeed(
        (cluster, _) =>
        {
            var node = cluster.Nodes["node-1"]!;
            node.Blocked = true;
            var cordoned = false;
            cluster.Store.Changed += change => cordoned |= change is { After: { Kind: V1Node.KubeKind, Name: "node-1" } after } && (bool?)after.Json["spec"]!["unschedulable"] == true;
            cluster.Run(() => cluster.Nodes.All.All(other => other == node || cluster.IsSettled(other)));
            cluster.Run(() => cluster.Runs[^1].Status.Phase == RunPhase.Superseded);

            var entry = Assert.Single(cluster.Runs[^1].Status.Blocked);
            Assert.Equal(("node-1", "default/web", Reasons.DrainBlocked), (entry.Node, entry.Budget, entry.Reason));
            Assert.Equal((0, 1), (cluster.Runs[^1].Status.Progress!.Failed, cluster.Runs[^1].Status.Progress!.Skipped));
            Assert.False(cordoned, "node-1 was cordoned");
            node.Blocked = false;
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        },
        policy => policy with { Drain = Drained.Drain });

    [Fact]
    public void A_budget_that_gets_room_lets_its_node_have_its_turn_in_the_same_opening() => ForEachSeed(
        (cluster, random) =>
        {
            var node = cluster.Nodes["node-1"]!;
            node.Blocked = true;
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Blocked.Any(entry => entry.Node == node.Name)));
            cluster.Pass(TimeSpan.FromSeconds(random.Next(0, 600)));
            node.Blocked = false;
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded), TimeSpan.FromHours(2));
            Assert.All(cluster.Runs, run => Assert.Empty(run.Status.Blocked));
        },
        policy => policy with { Drain = Drained.Drain });

    [Fact]
    public void Two_budgets_on_one_pod_are_named_as_what_will_never_do() => ForEachSeed(
        (cluster, _) =>
        {
            var node = cluster.Nodes["node-1"]!;
            node.Pods[^1] = node.Pods[^1] with { Budgets = 2 };
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Blocked.Any(entry => entry is { Node: "node-1", Pod: "default/node-1-web-2", Reason: Reasons.DrainMisconfigured })));
            node.Pods[^1] = node.Pods[^1] with { Budgets = 0 };
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        },
        policy => policy with { Drain = Drained.Drain });

    [Fact]
    public void A_drain_that_is_held_up_names_pod_and_budget_in_node_and_run() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Run(() => cluster.Nodes.All.Any(node => cluster.Patch(node)?.Status.Phase == NodePhase.Draining && node.Pods.Count == 3));
            var node = cluster.Nodes.All.First(node => cluster.Patch(node)!.Status.Phase == NodePhase.Draining && node.Pods.Count == 3);
            node.Blocked = true;
            cluster.Run(
                () => cluster.Patch(node)!.Status.Blocked is { Budget: "default/web" } && cluster.Runs[^1].Status.Blocked.Any(entry => entry.Node == node.Name && entry.CheckedAt is null)
                    || node.Pods.Count == 1,
                TimeSpan.FromMinutes(2));
            node.Blocked = false;
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
            Assert.All(cluster.Nodes.All, other => Assert.Null(cluster.Patch(other)!.Status.Blocked));
        },
        policy => policy with { Drain = Drained.Drain });

    [Fact]
    public void By_force_a_node_is_drained_past_its_budgets_after_the_timeout_and_it_is_told_and_recorded() => ForEachSeed(
        (cluster, _) =>
        {
            var node = cluster.Nodes["node-1"]!;
            node.Blocked = true;
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
            Assert.Contains(cluster.Runs, run => run.Status.Timeline.Any(entry => entry.Event.Contains("Drained by force", StringComparison.Ordinal)));
            Assert.Equal(["node-1"], cluster.Store.All<PatchRecord>().SelectMany(record => record.Spec.Nodes).Where(entry => entry.Forced > 0).Select(entry => entry.Name).Distinct());
        },
        policy => policy with { Drain = new DrainSettings { Mode = DrainMode.Always, Timeout = "5m", OnTimeout = DrainTimeoutAction.Force } });

    [Fact]
    public void A_node_whose_drain_is_held_up_beyond_its_timeout_is_skipped_given_back_and_tried_in_the_next_opening() => ForEachSeed(
        (cluster, _) =>
        {
            var node = cluster.Nodes["node-1"]!;
            // Its pods may be gone before anybody looks.
            cluster.Run(() => HasSucceeded(cluster, node) || (cluster.Patch(node)?.Status.Phase == NodePhase.Draining && node.Pods.Any(pod => pod is { OfDaemonSet: false, EndsBy: null })));
            node.Blocked = true;
            cluster.Run(() => cluster.Patch(node)!.Status.LastOperation!.Result is OperationResult.Skipped or OperationResult.Succeeded);
            var skipped = cluster.Patch(node)!.Status.LastOperation!.Result == OperationResult.Skipped;
            // A node whose first scan takes too long has a run of its own.
            PatchRun Its() => cluster.Store.Find<PatchRun>(cluster.Patch(node)!.Status.LastOperation!.Run)!;
            cluster.Run(() => Its().Status.Phase is RunPhase.Superseded or RunPhase.Succeeded && cluster.Nodes.All.All(cluster.IsQuiet));
            Assert.Equal(skipped ? (RunPhase.Superseded, 1) : (RunPhase.Succeeded, 0), (Its().Status.Phase!.Value, Its().Status.Progress!.Skipped));
            Assert.Empty(Its().Status.Failures);
            Assert.False(cluster.IsCordoned(node));
            node.Blocked = false;
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        },
        policy => policy with { Drain = new DrainSettings { Mode = DrainMode.Always, Timeout = "5m", OnTimeout = DrainTimeoutAction.Skip } });

    [Fact]
    public void A_pod_that_nothing_makes_anew_keeps_its_node_from_being_touched() => ForEachSeed(
        (cluster, _) =>
        {
            var node = cluster.Nodes["node-1"]!;
            node.Pods[^1] = node.Pods[^1] with { Unmanaged = true };
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Blocked.Any(entry => entry is { Node: "node-1", Reason: Reasons.UnmanagedPod })));
            Assert.False(cluster.IsCordoned(node));
            node.Pods.RemoveAll(pod => pod.Unmanaged);
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        },
        policy => policy with { Drain = Drained.Drain });

    [Fact]
    public void Critical_pods_leave_last()
    {
        using var cluster = new SimulatedCluster(null, 1, policy => policy with { Drain = Drained.Drain });
        var node = cluster.Nodes["node-1"]!;
        node.Pods[^2] = node.Pods[^2] with { Priority = 2_000_000_000 };
        cluster.Run(() => node.Pods.All(pod => pod.OfDaemonSet));
        Assert.Equal(
            ["Pod node-1-web-2", "Pod node-1-web-1"],
            cluster.Journal.Lines.Where(line => line.EndsWith("  evicted", StringComparison.Ordinal)).Select(line => line[14..].Split("  ")[0].Trim()));
    }

    [Fact]
    public void The_control_plane_is_patched_last_and_one_node_at_a_time() => ForEachSeed(
        (cluster, _) =>
        {
            foreach (var node in cluster.Nodes.All.Take(3))
                cluster.Nodes.MakeControlPlane(node);
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
        },
        policy => policy with { Rollout = policy.Rollout with { MaxUnavailable = 5 } });

    [Fact]
    public void The_budget_of_the_cluster_is_kept_whatever_a_policy_allows() => ForEachSeed(
        (cluster, _) => Settles(cluster),
        policy => policy with { Rollout = policy.Rollout with { MaxUnavailable = 5 } },
        nodes: 5,
        budget: "40%");

    [Fact]
    public void A_turn_ends_before_its_reboot_when_the_window_closes_and_the_reboot_comes_in_the_next_opening() => ForEachSeed(
        (cluster, _) =>
        {
            string? late = null;
            cluster.Store.Changed += change => late ??= change is { Before: null, After: { Kind: V1Job.KubeKind } job } && job.Label(ApiGroup.StepLabel) == "reboot"
                && cluster.Now.TimeOfDay >= new TimeSpan(12, 11, 0) ? job.Name : null;
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled), TimeSpan.FromDays(6));
            Assert.Null(late);
            Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node)));
        },
        policy => policy with
        {
            Reboot = new RebootSettings { Mode = RebootMode.Always },
            Rollout = policy.Rollout with { MaxUnavailable = 5, OnWindowClose = WindowCloseAction.StopBeforeReboot },
        },
        window: new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 12 * * *" }], Duration = "10m", Cutoff = "1m" });

    [Fact]
    public void A_failed_node_that_is_to_stay_cordoned_does_so_until_it_is_mended() => ForEachSeed(
        (cluster, _) =>
        {
            foreach (var node in cluster.Nodes.All)
                node.RepositoryBroken = true;
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted));
            cluster.Run(() => cluster.Nodes.All.All(node => !InFlight(cluster, node) || cluster.Patch(node)!.Status.Phase == NodePhase.Failed));
            cluster.Pass(TimeSpan.FromHours(1));
            var failed = cluster.Nodes.All.Where(node => cluster.Patch(node)!.Status.Phase == NodePhase.Failed).ToList();
            Assert.NotEmpty(failed);
            Assert.All(cluster.Nodes.All, node => Assert.Equal(failed.Contains(node), cluster.IsCordoned(node)));
            foreach (var node in cluster.Nodes.All)
                node.RepositoryBroken = false;
            cluster.Store.Delete(PatchRun.KindName, cluster.Runs[0].Metadata.Name);
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
            Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node)));
        },
        policy => policy with { OnFailure = new FailureSettings { Action = FailureAction.KeepCordoned } });

    [Fact]
    public void A_bad_update_is_brought_back_on_the_node_that_had_it_first_and_the_others_are_not_touched() => ForEachSeed(
        (cluster, _) =>
        {
            foreach (var node in cluster.Nodes.All)
                node.UpdateIsBad = true;
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted));
            cluster.Run(() => cluster.Nodes.All.All(node => cluster.Patch(node) is not { Status.LastOperation.Result: OperationResult.InProgress }));
            cluster.Pass(TimeSpan.FromMinutes(10));
            var records = cluster.Nodes.All.Select(node => (Node: node, Record: cluster.Patch(node)!.Status.LastOperation)).Where(turn => turn.Record is not null).ToList();
            Assert.Contains(records, turn => turn.Record!.Reason == Reasons.RolledBack);
            Assert.All(records, turn => Assert.Equal(OperationResult.Failed, turn.Record!.Result));
            Assert.All(records, turn => Assert.Equal(turn.Record!.Reason == Reasons.RollbackFailed, cluster.IsCordoned(turn.Node)));
            Assert.All(records.Where(turn => turn.Record!.Reason == Reasons.RolledBack), turn => Assert.False(turn.Node.Patched));
            Assert.All(cluster.Nodes.All.Except(records.Select(turn => turn.Node)), node => Assert.False(node.Patched));
        },
        policy => policy with { OnFailure = new FailureSettings { Action = FailureAction.Rollback }, Rollout = policy.Rollout with { MaxUnavailable = 1 } });

    [Fact]
    public void Nodes_that_come_next_are_tainted_and_no_taint_is_left_when_all_is_done() => ForEachSeed(
        (cluster, _) =>
        {
            var tainted = 0;
            cluster.Store.Changed += change => tainted += change is { Before.Kind: V1Node.KubeKind, After: { } after } && after.Json["spec"]!["taints"] is not null ? 1 : 0;
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
            Assert.True(tainted > 0, "no node was tainted");
            NoTaintIsLeft(cluster);
        },
        policy => policy with { Drain = Drained.Drain, Rollout = policy.Rollout with { MaxUnavailable = 1 } },
        nodes: 4);

    [Theory]
    [InlineData("cancelled")]
    [InlineData("paused")]
    [InlineData("suspended")]
    [InlineData("deleted")]
    [InlineData("out of time")]
    public void A_run_that_is_held_back_or_over_leaves_no_taint(string how) => ForEachSeed(
        (cluster, random) =>
        {
            cluster.Run(() => cluster.Nodes.All.Any(cluster.IsTainted));
            if (how is "cancelled" or "paused")
                cluster.Say(cluster.Runs[0], spec => spec[how] = true);
            else if (how == "suspended")
                cluster.Store.Edit(PatchPolicy.KindName, "workers", json => json["spec"]!["suspend"] = true);
            else if (how == "deleted")
                cluster.Store.Delete(PatchPolicy.KindName, "workers");
            if (random.Next(2) == 0)
            {
                cluster.Stop();
                cluster.Start();
            }

            if (how == "out of time")
                cluster.Run(() => cluster.Now.TimeOfDay > new TimeSpan(15, 0, 0));
            else
                cluster.Run(() => cluster.Nodes.All.All(cluster.IsQuiet) && cluster.Runs.All(run => run.Status.Phase is not (null or RunPhase.Running)), TimeSpan.FromHours(5));
            cluster.Run(() => cluster.Nodes.All.All(node => !cluster.IsTainted(node)), TimeSpan.FromMinutes(5));
        },
        policy => policy with { Drain = Drained.Drain, Rollout = policy.Rollout with { MaxUnavailable = 1 } },
        nodes: 4,
        story: $"{nameof(A_run_that_is_held_back_or_over_leaves_no_taint)}-{how}");

    private static void NoTaintIsLeft(SimulatedCluster cluster) =>
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsTainted(node), $"{node.Name} is left tainted"));

    /// <summary>The taint, the cordon, and the end of both.</summary>
    [Fact]
    public void A_node_that_comes_next_costs_one_write_more()
    {
        using var cluster = new SimulatedCluster(null, 2, policy => policy with { Drain = Drained.Drain });
        var writes = 0;
        cluster.Store.Changed += change => writes +=
            change is { Before: { Kind: V1Node.KubeKind, Name: "node-2" } before, After: { } after } && before.Json["spec"]!.ToJsonString() != after.Json["spec"]!.ToJsonString() ? 1 : 0;
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        Assert.Equal(3, writes);
    }

    /// <summary>Only the nodes that are next are asked about, each once.</summary>
    [Fact]
    public void A_rollout_rehearses_each_pod_once()
    {
        using var cluster = new SimulatedCluster(null, 8, policy => policy with { Drain = Drained.Drain, Rollout = new PolicyRollout { MaxUnavailable = 2 } });
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        Assert.Equal(16, cluster.Api.Rehearsed.Count);
        Assert.Equal(16, cluster.Api.Rehearsed.Distinct().Count());
    }
}
