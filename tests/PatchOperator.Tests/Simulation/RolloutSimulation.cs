using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>Whole rollouts under random faults.</summary>
public class RolloutSimulation
{
    [Fact]
    public void Every_node_ends_patched_and_schedulable_whatever_crashes_on_the_way() => ForEachSeed((cluster, _) =>
    {
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node), $"{node.Name} is left cordoned"));
    });

    [Fact]
    public void An_administrators_cordon_outlasts_the_rollout() => ForEachSeed(
        (cluster, random) =>
        {
            var cordoned = cluster.Nodes.All.ElementAt(random.Next(cluster.Nodes.All.Count));
            cluster.Nodes.CordonByAdministrator(cordoned);
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
            Assert.All(cluster.Nodes.All, node => Assert.Equal(node.AdministratorCordoned, cluster.IsCordoned(node)));
        },
        // It takes from the budget for as long as it is cordoned: with a budget of one, nobody else would have a turn.
        spec => spec with { Rollout = spec.Rollout with { MaxUnavailable = 2 } });

    [Fact]
    public void A_broken_repository_halts_the_run_and_leaves_the_others_untouched() => ForEachSeed((cluster, _) =>
    {
        foreach (var node in cluster.Nodes.All)
            node.RepositoryBroken = true;
        cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted) && cluster.Nodes.All.All(cluster.IsQuiet));

        Assert.Contains(AgentReasons.RepositoryUnavailable, Assert.Single(cluster.Runs).Status.Message, StringComparison.Ordinal);
        // Failures under way when the threshold was met are at most a budget's worth.
        Assert.InRange(cluster.Nodes.All.Count(node => cluster.Patch(node)!.Status.LastOperation is not null), 1, 2);
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node)));
    });

    [Fact]
    public void A_node_that_never_comes_back_halts_the_run_and_stays_cordoned() => ForEachSeed(
        (cluster, _) =>
        {
            foreach (var node in cluster.Nodes.All)
                node.NeverComesBack = true;
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted) && cluster.Nodes.All.All(cluster.IsQuiet));

            Assert.Contains(Reasons.RebootTimedOut, cluster.Runs[0].Status.Message, StringComparison.Ordinal);
            Assert.All(cluster.Nodes.All, node => Assert.Equal(!node.Up, cluster.IsCordoned(node)));
        },
        spec => spec with { Reboot = new RebootSettings { Mode = RebootMode.Always } });

    [Fact]
    public void A_node_deleted_in_flight_frees_its_slot() => ForEachSeed((cluster, _) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        cluster.Nodes.Delete(cluster.Nodes.All.First(node => InFlight(cluster, node)));
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node)));
    });

    [Fact]
    public void A_node_that_is_recreated_in_mid_run_is_another_node_and_has_a_turn_of_its_own() => ForEachSeed((cluster, random) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        var node = cluster.Nodes.All.ElementAt(random.Next(cluster.Nodes.All.Count));
        cluster.Nodes.Delete(node);
        cluster.Nodes.Add(node.Name);
        Settles(cluster);
    });

    /// <summary>An autoscaler takes nodes away as it likes: what was done to them stays known.</summary>
    [Fact]
    public void A_node_deleted_right_after_its_turn_is_in_the_records_of_its_run() => ForEachSeed((cluster, _) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => HasSucceeded(cluster, node)));
        var gone = cluster.Nodes.All.First(node => HasSucceeded(cluster, node));
        var uid = cluster.Patch(gone)!.Metadata.OwnerReferences[0].Uid;
        cluster.Nodes.Delete(gone);
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded) && cluster.Store.Find<NodePatch>(gone.Name) is null);

        var entry = Assert.Single(cluster.Store.All<PatchRecord>().SelectMany(record => record.Spec.Nodes), node => node.Uid == uid);
        Assert.Equal((gone.Name, RecordedResult.Succeeded), (entry.Name, entry.Result));
    });

    [Fact]
    public void A_policy_deleted_in_mid_run_leaves_nothing_behind_but_an_administrators_cordon() => ForEachSeed(
        (cluster, random) =>
        {
            cluster.Nodes.CordonByAdministrator(cluster.Nodes.All.ElementAt(random.Next(cluster.Nodes.All.Count)));
            cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
            cluster.Store.Delete(PatchPolicy.KindName, "workers");
            string[] ours = [PatchPolicy.KindName, PatchRun.KindName, PatchPlan.KindName, PatchRecord.KindName, NodePatch.KindName, V1Job.KubeKind];
            cluster.Run(() => ours.All(kind => cluster.Store.All(kind).Count == 0));
            Assert.All(cluster.Nodes.All, node => Assert.Equal(node.AdministratorCordoned, cluster.IsCordoned(node)));
        },
        spec => spec with { Rollout = spec.Rollout with { MaxUnavailable = 2 } });

    [Fact]
    public void A_policy_edited_in_mid_run_finishes_what_is_in_flight_and_plans_anew() => ForEachSeed((cluster, _) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        cluster.Store.Edit(PatchPolicy.KindName, "workers", json => json["spec"]!["drain"]!["timeout"] = "31m");
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs[0].Status.Phase is RunPhase.Superseded or RunPhase.Succeeded);
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node)));
    });

    [Fact]
    public void A_patch_Job_that_a_webhook_refuses_is_told_within_10_s_and_the_node_given_back_after_the_drains_timeout() => ForEachSeed(
        (cluster, _) =>
        {
            DateTimeOffset? refusedAt = null;
            cluster.Api.Webhook = (_, kind, json) =>
            {
                if (kind != V1Job.KubeKind || (string?)json["metadata"]!["labels"]![ApiGroup.StepLabel] != "patch")
                    return null;
                refusedAt ??= cluster.Now;
                return "failed calling webhook: no endpoints available";
            };
            cluster.Chance.Faulty = false;
            cluster.Run(() => refusedAt is not null);
            cluster.Run(() => cluster.Nodes.All.Any(node => cluster.Patch(node)?.Status.Refused is not null), TimeSpan.FromSeconds(10));
            cluster.Run(() => cluster.Runs[0].Status.Phase == RunPhase.Halted && cluster.Nodes.All.All(cluster.IsQuiet), TimeSpan.FromMinutes(6));
            Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node)));
        },
        spec => spec with { Drain = new DrainSettings { Mode = DrainMode.Always, Timeout = "5m" } });

    [Fact]
    public void Two_leaders_that_overlap_do_nothing_twice() => ForEachSeed((cluster, random) =>
    {
        for (var change = 0; change < 3; change++)
        {
            var steps = random.Next(20, 300);
            cluster.Run(() => steps-- == 0);
            cluster.Start();
            steps = random.Next(5, 60);
            cluster.Run(() => steps-- == 0);
            cluster.Stop();
        }

        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
        cluster.Run(() => cluster.Nodes.All.All(node => !cluster.IsTainted(node)), TimeSpan.FromMinutes(5));
    });

    [Fact]
    public void Three_hundred_first_scans_stay_within_the_budget() => ForEachSeed(
        (cluster, _) => cluster.Run(() => cluster.Nodes.All.All(node => cluster.Patch(node)?.Status.LastScan is not null), TimeSpan.FromHours(3)),
        spec => spec with { Windows = [] },
        seeds: 1,
        nodes: 300);
}
