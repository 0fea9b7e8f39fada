using System.Text.Json.Nodes;
using PatchOperator.Api;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>What people say to runs, and rollouts in waves, under random faults.</summary>
public class PeopleSimulation
{
    private static readonly string Another = $"sha256:{new string('0', 64)}";

    [Fact]
    public void A_run_waits_for_the_approval_of_its_own_plan() => ForEachSeed(
        (cluster, random) =>
        {
            // Four eyes are asked for by a rule of the API server, which goes by what the run says.
            cluster.Store.Edit(PatchPolicy.KindName, "workers", json => json["metadata"]!["annotations"] = new JsonObject { [ApiGroup.AuthorAnnotation] = "olga" });
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.PendingApproval));
            var run = cluster.Runs[0];
            Assert.Equal("olga", run.Spec.Policy.Author);
            cluster.Approve(run, Another, "mallory");
            cluster.Pass(TimeSpan.FromMinutes(random.Next(0, 300)));
            cluster.Run(() => cluster.Runs.Any(later => later.Status.Timeline.Any(entry => entry.Event.Contains("mallory names another plan", StringComparison.Ordinal))));
            Assert.All(cluster.Nodes.All, node => Assert.Null(cluster.Patch(node)!.Spec.Operation));
            SettlesWithAlice(cluster);
            Assert.Contains(cluster.Runs[0].Status.Timeline, entry => entry.Event == "approved by alice");
        },
        Manual);

    [Fact]
    public void A_plan_that_has_changed_asks_again() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.PendingApproval));
            cluster.Nodes.Publish("3");
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Superseded) && cluster.Runs[^1].Status.Phase == RunPhase.PendingApproval);
            cluster.Approve(cluster.Runs[^1], cluster.Runs[0].Spec.Plan.Digest, "bob");
            cluster.Run(() => cluster.Runs[^1].Status.ObservedApprovals == 1);
            Assert.All(cluster.Nodes.All, node => Assert.Null(cluster.Patch(node)!.Spec.Operation));
            SettlesWithAlice(cluster);
        },
        policy => Manual(policy) with { Scan = new ScanSettings { Interval = "30m" } });

    [Fact]
    public void A_paused_run_admits_nobody_and_goes_on_when_it_is_let() => ForEachSeed((cluster, random) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        cluster.Say(cluster.Runs[0], spec => spec["paused"] = true);
        cluster.Run(() => cluster.Runs[0].Status.Phase is RunPhase.Paused or RunPhase.Succeeded && cluster.Nodes.All.All(cluster.IsQuiet));
        cluster.Pass(TimeSpan.FromMinutes(random.Next(0, 300)));
        cluster.Say(cluster.Runs[0], spec => spec["paused"] = false);
        Settles(cluster);
    });

    [Fact]
    public void A_cancelled_run_finishes_what_is_in_flight_and_the_next_opening_takes_the_rest() => ForEachSeed((cluster, _) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        cluster.Say(cluster.Runs[0], spec => spec["cancelled"] = true);
        cluster.Run(() => cluster.Runs[0].Status.Phase == RunPhase.Cancelled);
        Assert.All(cluster.Nodes.All, node => Assert.True(cluster.IsGivenBack(node), $"{node.Name} is not given back"));
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        Assert.All(cluster.Runs.Skip(1), run => Assert.NotEqual(cluster.Runs[0].Spec.WindowOpenedAt, run.Spec.WindowOpenedAt));
    });

    [Fact]
    public void Waves_follow_one_another_after_their_soak_and_zone_by_zone() => ForEachSeed(
        (cluster, _) =>
        {
            SettlesWithAlice(cluster, "rest-by-approval");
            Assert.All(cluster.Runs.SelectMany(run => run.Status.Waves), wave => Assert.NotNull(wave.FinishedAt));
        },
        policy => policy with
        {
            Rollout = policy.Rollout with
            {
                TopologyKey = SimulatedNodes.Zone,
                Waves =
                [
                    new RolloutWave { Name = "canary", Size = 1, Soak = "10m" }, new RolloutWave { Name = "early", Size = "10%", MaxUnavailable = 1, Soak = "20m" },
                    new RolloutWave { Name = "rest-by-approval", Size = "100%", Approval = ApprovalMode.Manual },
                ],
            },
        });

    [Fact]
    public void A_canary_that_fails_halts_the_run_before_any_other_node() => ForEachSeed(
        (cluster, _) =>
        {
            foreach (var node in cluster.Nodes.All)
                node.RepositoryBroken = true;
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted) && cluster.Nodes.All.All(cluster.IsQuiet));
            Assert.Single(cluster.Nodes.All, node => cluster.Patch(node)!.Status.LastOperation is not null);
            foreach (var node in cluster.Nodes.All)
                node.RepositoryBroken = false;
            cluster.Resume(cluster.Runs[0]);
            cluster.Run(() => cluster.Runs[0].Status.Phase == RunPhase.Failed);
            Assert.Single(cluster.Runs[0].Status.Failures);
        },
        policy => policy with { Rollout = policy.Rollout with { FailureThreshold = "100%", Waves = [new RolloutWave { Name = "canary", Size = 1, FailureThreshold = 1 }] } });

    private static PatchPolicySpec Manual(PatchPolicySpec policy) => policy with { Rollout = policy.Rollout with { Approval = ApprovalMode.Manual } };

    // Of several runs, as where a node's first scan took too long, each asks again.
    private static void SettlesWithAlice(SimulatedCluster cluster, string? wave = null) => Settles(
        cluster,
        meanwhile: () =>
        {
            foreach (var run in cluster.Runs.Where(run => run.Status.Phase == RunPhase.PendingApproval && run.Spec.Approvals.All(approval => approval.By != "alice")))
                cluster.Approve(run, run.Spec.Plan.Digest, "alice", wave);
        });
}
