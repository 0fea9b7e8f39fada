using System.Text.Json.Nodes;
using PatchOperator.Api;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>Nodes that fall behind the others, under random faults.</summary>
public class QuarantineSimulation
{
    private static readonly CatchUpSettings AtOnce = new() { Mode = CatchUpMode.Immediate, Taint = true };

    [Theory]
    [InlineData("disk")]
    [InlineData("memory")]
    [InlineData("recreated")]
    [InlineData("joined")]
    [InlineData("born tainted")]
    [InlineData("suspended")]
    public void A_node_that_fell_behind_is_tainted_caught_up_outside_the_window_verified_and_freed(string how) => ForEachSeed(
        (cluster, random) =>
        {
            var node = FallsBehind(cluster, random, how);
            var tainted = false;
            cluster.Store.Changed += _ => tainted |= cluster.Nodes[node.Name] == node && cluster.QuarantinedBy(node) is not null;
            cluster.Run(() => cluster.Patch(node) is { Status.Quarantine.ReleasedAt: null }, TimeSpan.FromMinutes(30));
            Caught(cluster, node);
            Assert.True(tainted, $"{node.Name} was never tainted");
            Assert.Contains(cluster.Runs, run => run.Spec is { Trigger: RunTrigger.CatchUp, Window: null });
        },
        policy => policy with { CatchUp = AtOnce },
        story: $"{nameof(A_node_that_fell_behind_is_tainted_caught_up_outside_the_window_verified_and_freed)}-{how.Replace(' ', '-')}");

    [Fact]
    public void Leaders_that_overlap_free_no_node_before_it_is_verified() => ForEachSeed(
        (cluster, random) =>
        {
            var node = FallsBehind(cluster, random, random.Next(2) == 0 ? "disk" : "born tainted");
            for (var change = 0; change < 4; change++)
            {
                var steps = random.Next(5, 60);
                cluster.Run(() => steps-- == 0);
                cluster.Start();
                steps = random.Next(5, 60);
                cluster.Run(() => steps-- == 0);
                cluster.Stop();
                if (random.Next(4) == 0 && cluster.IsQuiet(node) && cluster.Patch(node)?.Status.Job is null)
                    cluster.Nodes.Restore(node);
            }

            Caught(cluster, node);
        },
        policy => policy with { CatchUp = AtOnce });

    [Fact]
    public void On_schedule_a_node_that_fell_behind_waits_for_a_window() => ForEachSeed(
        (cluster, random) =>
        {
            var node = FallsBehind(cluster, random, "disk");
            cluster.Run(() => cluster.Patch(node)!.Status.Compliance is { State: ComplianceState.Quarantined });
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
            Assert.Contains(cluster.Runs, run => run.Spec is { Trigger: RunTrigger.CatchUp, Window: "nightly" });
        },
        policy => policy with { CatchUp = new CatchUpSettings { Taint = true } });

    [Fact]
    public void In_the_same_opening_a_node_that_went_back_has_another_turn() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Run(() => cluster.Nodes.All.Any(node => HasSucceeded(cluster, node) && cluster.IsQuiet(node)));
            cluster.Nodes.Restore(cluster.Nodes.All.First(node => HasSucceeded(cluster, node) && cluster.IsQuiet(node)));
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        },
        policy => policy with { CatchUp = new CatchUpSettings { Taint = true } });

    [Fact]
    public void Where_it_is_never_caught_up_a_node_that_fell_behind_is_told_of_and_has_its_turn_with_the_others() => ForEachSeed(
        (cluster, random) =>
        {
            var node = FallsBehind(cluster, random, "disk");
            var tainted = false;
            cluster.Store.Changed += _ => tainted |= cluster.QuarantinedBy(node) is not null;
            cluster.Run(() => cluster.Store.Find<PatchPolicy>("workers")!.Status.Attention.Any(entry => entry is { State: ComplianceState.Quarantined, Reason: Reasons.NodeReverted }));
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
            Assert.All(cluster.Runs, run => Assert.Equal(RunTrigger.Window, run.Spec.Trigger));
            Assert.False(tainted);
        },
        policy => policy with { CatchUp = new CatchUpSettings { Mode = CatchUpMode.Never, Taint = true } });

    [Fact]
    public void A_node_that_was_born_tainted_is_freed_by_a_scan_that_finds_it_patched_whatever_the_policy() => ForEachSeed(
        (cluster, random) =>
        {
            Quiet(cluster);
            var node = cluster.Nodes.Add("late", tainted: true);
            node.Patched = true;
            cluster.Run(() => cluster.IsSettled(node), TimeSpan.FromHours(3));
            Assert.All(cluster.Runs, run => Assert.Equal(RunTrigger.Window, run.Spec.Trigger));
        },
        policy => policy with { CatchUp = new CatchUpSettings { Mode = CatchUpMode.Never } });

    [Fact]
    public void A_node_that_fails_as_it_is_caught_up_stays_tainted_and_is_tried_again_after_an_edit() => ForEachSeed(
        (cluster, random) =>
        {
            var node = FallsBehind(cluster, random, "disk");
            node.RepositoryBroken = true;
            cluster.Run(() => cluster.Patch(node)!.Status.Phase == NodePhase.Failed);
            var until = cluster.Now.AddHours(5);
            cluster.Run(() => cluster.Now >= until);
            Assert.Single(cluster.Runs, run => run.Spec.Trigger == RunTrigger.CatchUp);
            Assert.Equal("workers", cluster.QuarantinedBy(node));
            node.RepositoryBroken = false;
            cluster.Store.Edit(PatchPolicy.KindName, "workers", json => json["spec"]!["drain"]!["timeout"] = "31m");
            Caught(cluster, node);
        },
        policy => policy with { CatchUp = AtOnce });

    [Fact]
    public void In_a_blackout_nothing_is_caught_up() => ForEachSeed(
        (cluster, random) =>
        {
            Quiet(cluster);
            cluster.Freeze("holidays", "2026-11-20T12:00", "12h");
            cluster.Run(() => cluster.Store.Find<PatchWindow>("holidays")!.Status.Conditions.Count > 0);
            var node = cluster.Nodes.All.First();
            cluster.Nodes.Restore(node);
            cluster.Run(() => cluster.QuarantinedBy(node) is not null);
            cluster.Run(() => cluster.IsSettled(node));
            Assert.True(cluster.Now.Day == 21, $"{cluster.Now}");
        },
        policy => policy with { CatchUp = AtOnce });

    [Theory]
    [InlineData("deleted")]
    [InlineData("off")]
    [InlineData("untainted")]
    public void A_policy_that_taints_no_more_takes_its_taints_away(string how) => ForEachSeed(
        (cluster, random) =>
        {
            var node = FallsBehind(cluster, random, "disk");
            node.RepositoryBroken = true;
            cluster.Run(() => cluster.QuarantinedBy(node) is not null);
            if (how == "deleted")
                cluster.Store.Delete(PatchPolicy.KindName, "workers");
            else
                cluster.Store.Edit(
                    PatchPolicy.KindName, "workers", json => json["spec"]!["catchUp"] = new JsonObject { ["mode"] = how == "off" ? "Never" : "Immediate", ["taint"] = how == "off" });
            cluster.Run(() => cluster.QuarantinedBy(node) is null);
            if (how == "deleted")
                cluster.Run(() => cluster.Store.All(NodePatch.KindName).Count == 0);
        },
        policy => policy with { CatchUp = AtOnce },
        story: $"{nameof(A_policy_that_taints_no_more_takes_its_taints_away)}-{how}");

    [Fact]
    public void A_NodePatch_that_is_deleted_frees_no_node() => ForEachSeed(
        (cluster, random) =>
        {
            var node = FallsBehind(cluster, random, "disk");
            cluster.Run(() => cluster.QuarantinedBy(node) is not null);
            cluster.Store.Delete(NodePatch.KindName, node.Name);
            Caught(cluster, node);
        },
        policy => policy with { CatchUp = AtOnce });

    // Any node, some time after the others were patched, and the window is closed.
    private static SimulatedNode FallsBehind(SimulatedCluster cluster, Random random, string how)
    {
        Quiet(cluster);
        cluster.Pass(TimeSpan.FromMinutes(random.Next(0, 120)));
        var node = cluster.Nodes.All.ElementAt(random.Next(cluster.Nodes.All.Count));
        switch (how)
        {
            case "disk":
                cluster.Nodes.Restore(node);
                return node;
            case "memory":
                // As long as a snapshot takes to be loaded; in the same boot it is found by that alone.
                cluster.Nodes.Suspend(node);
                cluster.Pass(TimeSpan.FromMinutes(random.Next(11, 30)));
                cluster.Nodes.RestoreWithMemory(node);
                return node;
            case "recreated":
                cluster.Nodes.Delete(node);
                return cluster.Nodes.Add(node.Name);
            case "suspended":
                cluster.Nodes.Suspend(node);
                var until = cluster.Now.AddDays(3).Date.AddHours(15);
                cluster.Run(() => cluster.Patch(node)!.Status.Node is not null);
                cluster.Pass(until - cluster.Now.UtcDateTime);
                node.Patched = false;
                cluster.Nodes.Resume(node);
                return node;
            default:
                return cluster.Nodes.Add("late", tainted: how == "born tainted");
        }
    }

    private static void Quiet(SimulatedCluster cluster) =>
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Now.TimeOfDay >= new TimeSpan(14, 0, 0) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));

    // Long before a window opens.
    private static void Caught(SimulatedCluster cluster, SimulatedNode node)
    {
        cluster.Run(() => cluster.IsSettled(node), TimeSpan.FromHours(6));
        Assert.False(cluster.IsCordoned(node));
    }
}
