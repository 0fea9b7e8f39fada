using System.Text.Json.Nodes;
using PatchOperator.Api;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>What people ask for outside of the usual times, under random faults.</summary>
public class EmergencySimulation
{
    [Fact]
    public void One_annotation_makes_one_run_outside_the_window_whatever_crashes_on_the_way() => ForEachSeed(
        (cluster, random) =>
        {
            Unpatched(cluster);
            Annotate(cluster, "CVE-2026-0001");
            Patched(cluster);
            var run = Assert.Single(cluster.Runs, run => run.Spec.Trigger == RunTrigger.Emergency);
            Assert.Equal((null, "CVE-2026-0001"), (run.Spec.Window, run.Spec.Emergency!.Reason));
            cluster.Run(() => cluster.Store.Find<PatchPolicy>("workers") is { Status.Emergency: null, Metadata.Annotations: null or { Count: 0 } });

            // What came out since the last scans is what it is for. A node whose scan fails has its turn with the next window.
            cluster.Nodes.Publish("3");
            Annotate(cluster, "CVE-2026-0001");
            cluster.Run(() => cluster.Runs.Count(run => run.Spec.Trigger == RunTrigger.Emergency && run.Status.Phase == RunPhase.Succeeded) == 2, TimeSpan.FromHours(8));
            Assert.Contains(cluster.Nodes.All, node => node.Patched);
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
            Assert.Equal(2, cluster.Runs.Count(run => run.Spec.Trigger == RunTrigger.Emergency));
        });

    [Fact]
    public void Leaders_that_overlap_make_one_run_of_an_annotation() => ForEachSeed((cluster, random) =>
    {
        Unpatched(cluster);
        Annotate(cluster, "CVE-2026-0001");
        for (var change = 0; change < 3; change++)
        {
            var steps = random.Next(2, 30);
            cluster.Run(() => steps-- == 0);
            cluster.Start();
            steps = random.Next(2, 30);
            cluster.Run(() => steps-- == 0);
            cluster.Stop();
        }

        Patched(cluster);
        Assert.Single(cluster.Runs, run => run.Spec.Trigger == RunTrigger.Emergency);
    });

    [Fact]
    public void A_run_that_a_person_makes_is_planned_for_them() => ForEachSeed((cluster, random) =>
    {
        Unpatched(cluster);
        Create(cluster, new RunEmergency { Packages = ["open*"] });
        Patched(cluster);
        var run = cluster.Store.Find<PatchRun>("now")!;
        Assert.Equal(("workers", cluster.Store.Find<PatchPolicy>("workers")!.Metadata.Uid), (run.Spec.Policy.Name, run.Spec.Policy.Uid));
        Assert.Equal(["workers"], run.Metadata.OwnerReferences.Select(owner => owner.Name));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_blackout_holds_unless_it_is_overridden(bool overridden) => ForEachSeed(
        (cluster, random) =>
        {
            Unpatched(cluster);
            cluster.Freeze("holidays", "2026-11-20T11:00", "11h");
            cluster.Run(() => cluster.Store.Find<PatchWindow>("holidays")!.Status.Conditions.Count > 0);
            Create(cluster, new RunEmergency { OverrideBlackouts = overridden });
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
            Assert.Equal(overridden, cluster.Now.Hour < 22);
        },
        story: $"{nameof(A_blackout_holds_unless_it_is_overridden)}-{overridden}");

    [Fact]
    public void It_goes_before_the_run_of_a_window_and_the_budget_is_kept() => ForEachSeed(
        (cluster, random) =>
        {
            cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
            Create(cluster, new RunEmergency());
            cluster.Run(() => cluster.Store.Find<PatchRun>("now")!.Status.Phase == RunPhase.Running || cluster.Nodes.All.All(cluster.IsSettled));
            Settles(cluster);
        },
        policy => policy with { Rollout = policy.Rollout with { MaxUnavailable = 1 } },
        nodes: 5);

    [Fact]
    public void One_that_waits_for_people_holds_up_nobody() => ForEachSeed(
        (cluster, random) =>
        {
            Create(cluster, new RunEmergency());
            cluster.Run(() => cluster.Store.Find<PatchRun>("now")!.Status.Phase == RunPhase.PendingApproval);
            if (random.Next(2) == 0)
            {
                var run = cluster.Store.Find<PatchRun>("now")!;
                cluster.Approve(run, run.Spec.Plan.Digest, "alice");
                Patched(cluster);
                return;
            }

            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled));
        },
        policy => policy with { Emergency = new EmergencySettings { Approval = ApprovalMode.Manual } });

    [Fact]
    public void One_for_a_policy_that_there_is_not_says_so_and_is_planned_once_there_is() => ForEachSeed((cluster, random) =>
    {
        Unpatched(cluster);
        Create(cluster, new RunEmergency(), policy: "workrs");
        cluster.Run(() => cluster.Store.Find<PatchRun>("now")!.Status.Message.Contains("there is no PatchPolicy 'workrs'", StringComparison.Ordinal));
        Assert.All(cluster.Nodes.All, node => Assert.Null(cluster.Patch(node)!.Spec.Operation));
        cluster.Store.Delete(PatchRun.KindName, "now");
        cluster.Run(() => cluster.Store.Find(PatchRun.KindName, "now") is null);
    });

    [Fact]
    public void A_broken_repository_halts_it_like_any_other() => ForEachSeed((cluster, random) =>
    {
        Unpatched(cluster);
        foreach (var node in cluster.Nodes.All)
            node.RepositoryBroken = true;
        Annotate(cluster, "CVE-2026-0001");
        cluster.Run(() => cluster.Runs is [{ Status.Phase: RunPhase.Halted }] && cluster.Nodes.All.All(cluster.IsQuiet), TimeSpan.FromHours(3));
        Assert.InRange(cluster.Nodes.All.Count(node => cluster.Patch(node)!.Status.LastOperation is not null), 1, 2);
    });

    // Before the window opens, and every node is known.
    private static void Unpatched(SimulatedCluster cluster)
    {
        cluster.Store.Edit(PatchWindow.KindName, "nightly", json => json["spec"]!["schedules"]![0]!["cron"] = "0 4 * * *");
        cluster.Run(() => cluster.Nodes.All.All(node => IsKnown(cluster, node)));
    }

    // A scan whose report's details are lost says nothing of what is pending.
    private static bool IsKnown(SimulatedCluster cluster, SimulatedNode node) =>
        cluster.IsQuiet(node) && cluster.Patch(node) is { Status: { Compliance.State: ComplianceState.NonCompliant, Pending.Count: > 0 } };

    private static void Annotate(SimulatedCluster cluster, string reason) => cluster.Store.Edit(
        PatchPolicy.KindName, "workers", json => json["metadata"]!["annotations"] = new JsonObject { [ApiGroup.EmergencyAnnotation] = reason });

    private static void Create(SimulatedCluster cluster, RunEmergency emergency, string policy = "workers") => cluster.Create(
        "now", new PatchRunSpec { Policy = new PolicyReference { Name = policy }, Trigger = RunTrigger.Emergency, Emergency = emergency });

    private static void Patched(SimulatedCluster cluster) =>
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded), TimeSpan.FromHours(8));
}
