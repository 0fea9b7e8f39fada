using System.Text.Json.Nodes;
using k8s.Models;
using PatchOperator.Api;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>What others do to a rollout: servers that are away, webhooks, people.</summary>
public class MishapSimulation
{
    private const string Refusal = "failed calling webhook: no endpoints available";
    private const string Quota = "pods is forbidden: exceeded quota: pods, requested: pods=1, used: pods=9, limited: pods=9";

    [Fact]
    public void An_API_server_that_is_away_for_ten_minutes_delays_the_rollout_and_no_more() => ForEachSeed((cluster, _) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        cluster.Chance.ServerAway = true;
        var back = cluster.Now.AddMinutes(10);
        cluster.Run(() => cluster.Now >= back);
        cluster.Chance.ServerAway = false;
        SettlesAndIsGivenBack(cluster);
    });

    [Fact]
    public void A_NodePatch_deleted_in_mid_turn_is_made_again_and_its_node_patched() => ForEachSeed((cluster, _) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        cluster.Store.Delete(NodePatch.KindName, cluster.Nodes.All.First(node => InFlight(cluster, node)).Name);
        SettlesAndIsGivenBack(cluster);
        cluster.Run(() => cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded), TimeSpan.FromMinutes(5));
    });

    [Theory]
    [InlineData("status", NodePatch.KindName)]
    [InlineData("status", PatchRun.KindName)]
    [InlineData("update", NodePatch.KindName)]
    [InlineData("create", PatchRecord.KindName)]
    [InlineData("update", PatchRecord.KindName)]
    [InlineData("patch", V1Node.KubeKind)]
    [InlineData("create", V1Job.KubeKind)]
    [InlineData("evict", V1Pod.KubeKind)]
    public void A_webhook_that_refuses_a_kind_of_write_for_two_minutes_delays_the_rollout_and_no_more(string verb, string kind) => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
            cluster.Api.Webhook = (asked, about, _) => asked == verb && about == kind ? Refusal : null;
            var over = cluster.Now.AddMinutes(2);
            cluster.Run(() => cluster.Now >= over);
            cluster.Api.Webhook = (_, _, _) => null;
            SettlesAndIsGivenBack(cluster);
        });

    [Fact]
    public void A_first_scan_that_is_refused_is_told_with_the_reason_and_made_up_for() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Api.Webhook = (verb, kind, _) => verb == "create" && kind == V1Job.KubeKind ? Refusal : null;
            cluster.Run(
                () => cluster.Nodes.All.All(node => cluster.Patch(node)?.Status.ScanFailure is { Reason: Reasons.ApiRefused, Message: var why } && why.Contains(Refusal, StringComparison.Ordinal)),
                TimeSpan.FromMinutes(10));
            cluster.Api.Webhook = (_, _, _) => null;
            cluster.Run(() => cluster.Nodes.All.All(node => cluster.Patch(node)!.Status is { LastScan: not null, ScanFailure: null }));
        },
        policy => policy with { Windows = [] });

    [Fact]
    public void Jobs_whose_pods_cannot_be_made_for_a_while_delay_the_rollout_and_none_begins_late() => ForEachSeed((cluster, random) =>
    {
        if (random.Next(4) > 0)
            cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        cluster.Jobs.Refuses = _ => Quota;
        var over = cluster.Now.AddMinutes(random.Next(5, 300));
        cluster.Run(() => cluster.Now >= over);
        cluster.Jobs.Refuses = _ => null;
        cluster.Run(() =>
        {
            ResumeAll(cluster);
            return cluster.Nodes.All.All(cluster.IsSettled);
        });
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node), $"{node.Name} is left cordoned"));
    });

    [Fact]
    public void A_patch_whose_pod_cannot_be_made_fails_with_the_reason_and_gives_its_node_back() => ForEachSeed((cluster, _) =>
    {
        cluster.Jobs.Refuses = job => job.Label(ApiGroup.StepLabel) == "patch" ? Quota : null;
        cluster.Run(() => cluster.Runs.Any(run => run.Status.Failures.Any(failure => failure.Reason == Reasons.JobNotStarted)), TimeSpan.FromHours(3));
        Assert.EndsWith($"did not start in time: Error creating: {Quota}", cluster.Runs.SelectMany(run => run.Status.Failures).First().Message, StringComparison.Ordinal);
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsQuiet), TimeSpan.FromHours(3));
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node), $"{node.Name} is left cordoned"));
        cluster.Jobs.Refuses = _ => null;
        cluster.Run(() =>
        {
            ResumeAll(cluster);
            return cluster.Nodes.All.All(cluster.IsSettled);
        });
    });

    [Fact]
    public void A_pod_whose_eviction_a_webhook_refuses_is_named_and_the_others_go() => ForEachSeed(
        (cluster, _) =>
        {
            var node = cluster.Nodes["node-1"]!;
            // Before, the node would not be begun.
            cluster.Api.Webhook = (verb, _, json) =>
                verb == "evict" && Name(json) == "node-1-web-1" && cluster.Patch(node)!.Status.Phase == NodePhase.Draining ? Refusal : null;
            cluster.Run(() => cluster.Patch(node)?.Status.Conditions.Any(
                condition => condition.Message.Contains("node-1-web-1 is refused", StringComparison.Ordinal) && condition.Message.Contains(Refusal, StringComparison.Ordinal)) == true);
            cluster.Run(() => node.Pods.All(pod => pod.Name != "node-1-web-2"), TimeSpan.FromMinutes(1));
            cluster.Api.Webhook = (_, _, _) => null;
            SettlesAndIsGivenBack(cluster);
        },
        policy => policy with { Drain = new DrainSettings { Mode = DrainMode.Always } });

    [Fact]
    public void A_pod_that_does_not_end_is_named_while_it_lasts() => ForEachSeed(
        (cluster, _) =>
        {
            var node = cluster.Nodes["node-1"]!;
            node.PodsStay = true;
            cluster.Run(() => cluster.Patch(node)?.Status.Conditions.Any(
                condition => condition.Message.Contains("is terminating for longer than it was given", StringComparison.Ordinal)) == true);
            node.Pods.RemoveAll(pod => pod.EndsBy is not null);
            SettlesAndIsGivenBack(cluster);
        },
        policy => policy with { Drain = new DrainSettings { Mode = DrainMode.Always } });

    [Fact]
    public void A_node_that_somebody_else_reboots_while_it_drains_is_not_rebooted_again() => ForEachSeed(
        (cluster, _) =>
        {
            // One who reboots it in the very moment in which the reboot is decided on comes too late.
            cluster.Chance.Faulty = false;
            var node = cluster.Nodes["node-1"]!;
            node.NeedsReboot = true;
            cluster.Run(() => cluster.Patch(node)?.Status is { Phase: NodePhase.Draining, LastOperation.PatchedAt: not null } && node.Pods.Count == 3);
            cluster.Nodes.Reboot(node);
            SettlesAndIsGivenBack(cluster);
            Assert.Equal(2, node.Boots);
        },
        policy => policy with { Drain = new DrainSettings { Mode = DrainMode.WhenRebooting } });

    [Fact]
    public void All_that_is_ours_deleted_in_mid_run_leaves_nothing_behind() => ForEachSeed((cluster, _) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        string[] ours = [PatchPolicy.KindName, PatchWindow.KindName, PatchRun.KindName, PatchPlan.KindName, PatchRecord.KindName, NodePatch.KindName];
        foreach (var kind in ours)
            foreach (var name in cluster.Store.All(kind).Select(found => found.Name).ToList())
                cluster.Store.Delete(kind, name);
        cluster.Run(() => ours.Append(V1Job.KubeKind).All(kind => cluster.Store.All(kind).Count == 0));
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node)));
    });

    private static string? Name(JsonObject json) => (string?)json["metadata"]!["name"];

    private static void SettlesAndIsGivenBack(SimulatedCluster cluster)
    {
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node), $"{node.Name} is left cordoned"));
    }
}
