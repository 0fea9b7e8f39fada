using PatchOperator.Api;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>The whole way of an image, under random faults.</summary>
public class ImageSimulation
{
    private const int Seeds = 20;

    [Fact]
    public void An_image_is_promoted_once_whatever_crashes_on_the_way() => ForEachSeed(
        (cluster, _) =>
        {
            MakeBaseline(cluster);
            cluster.Run(() => IsCurrent(cluster, 1));
            Rebuild(cluster, content: 2);
            cluster.Run(() => IsCurrent(cluster, 2));

            Assert.Equal([SimulatedBuilds.Digest(1), SimulatedBuilds.Digest(2)], cluster.Builds.Registry.Tagged);
            Assert.Equal([2, 1], cluster.Baseline.Status.History.Select(record => Content(record.Digest)));
        },
        policy => policy with { Suspend = true },
        Seeds);

    [Fact]
    public void Two_leaders_that_overlap_promote_an_image_once() => ForEachSeed(
        (cluster, random) =>
        {
            MakeBaseline(cluster);
            for (var change = 0; change < 4; change++)
            {
                var steps = random.Next(5, 60);
                cluster.Run(() => steps-- == 0);
                cluster.Start();
                steps = random.Next(5, 40);
                cluster.Run(() => steps-- == 0);
                cluster.Stop();
            }

            cluster.Run(() => IsCurrent(cluster, 1));
            Assert.Equal([SimulatedBuilds.Digest(1)], cluster.Builds.Registry.Tagged);
        },
        policy => policy with { Suspend = true },
        Seeds);

    [Fact]
    public void A_build_that_fails_leaves_the_promoted_image() => ForEachSeed(
        (cluster, _) =>
        {
            MakeBaseline(cluster);
            cluster.Run(() => IsCurrent(cluster, 1));
            cluster.Builds.Fails = true;
            Rebuild(cluster, content: 2);
            cluster.Run(() => cluster.Baseline.Status.LastBuild?.Failure is { Reason: "RecipeFailed" });

            Assert.True(IsCurrent(cluster, 1));
            Assert.Equal([SimulatedBuilds.Digest(1)], cluster.Builds.Registry.Tagged);
            Assert.Equal([SimulatedBuilds.Digest(1)], cluster.Builds.Registry.Stored);
        },
        policy => policy with { Suspend = true },
        Seeds);

    [Fact]
    public void A_build_whose_pod_cannot_be_made_is_tried_again_with_the_reason() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Jobs.Refuses = _ => "serviceaccount not found";
            MakeBaseline(cluster);
            cluster.Run(() => cluster.Baseline.Status.Job is { Attempt: 2, Message: { } why }
                && why.EndsWith("did not start in time: Error creating: serviceaccount not found", StringComparison.Ordinal));
            cluster.Run(() => cluster.Baseline.Status.LastBuild?.Failure is { Reason: Reasons.JobNotStarted });
            cluster.Run(() => cluster.Store.All(k8s.Models.V1Job.KubeKind).All(job => job.Label(ApiGroup.BaselineLabel) is null), TimeSpan.FromMinutes(1));
            cluster.Jobs.Refuses = _ => null;
            Rebuild(cluster, content: 1);
            cluster.Run(() => IsCurrent(cluster, 1), TimeSpan.FromHours(1));
            Assert.Equal([SimulatedBuilds.Digest(1)], cluster.Builds.Registry.Tagged);
        },
        policy => policy with { Suspend = true },
        Seeds);

    [Fact]
    public void A_retention_failure_is_told_and_does_not_hold_up_promotion() => ForEachSeed(
        (cluster, _) =>
        {
            MakeBaseline(cluster);
            cluster.Builds.Registry.KeepsAll = "deletion is disabled";
            cluster.Run(() => IsCurrent(cluster, 1));
            for (var content = 2; content <= 4; content++)
            {
                Rebuild(cluster, content);
                cluster.Run(() => IsCurrent(cluster, content));
            }

            cluster.Run(() => cluster.Baseline.Status.RetentionFailure?.Message.Contains("deletion is disabled", StringComparison.Ordinal) == true);
            Assert.Equal(4, cluster.Builds.Registry.Stored.Count);

            cluster.Builds.Registry.KeepsAll = null;
            cluster.Run(() => cluster.Builds.Registry.Stored.SetEquals([SimulatedBuilds.Digest(3), SimulatedBuilds.Digest(4)]) && cluster.Baseline.Status.RetentionFailure is null);
            Assert.True(IsCurrent(cluster, 4));
        },
        policy => policy with { Suspend = true },
        Seeds);

    private static void MakeBaseline(SimulatedCluster cluster) => cluster.Store.Create(new ImageBaseline
    {
        Metadata = new k8s.Models.V1ObjectMeta { Name = "worker" },
        Spec = new ImageBaselineSpec
        {
            Source = new ImageSource { Suite = "bookworm" },
            Output = new ImageOutput { Repository = "registry.example.com/golden/worker" },
            Retention = new ImageRetention { Keep = 1 },
        },
    });

    private static void Rebuild(SimulatedCluster cluster, int content)
    {
        cluster.Builds.Content = content;
        cluster.Store.Edit(ImageBaseline.KindName, "worker", json => json["metadata"]!["annotations"] = new System.Text.Json.Nodes.JsonObject { [ApiGroup.RebuildAnnotation] = "now" });
    }

    private static bool IsCurrent(SimulatedCluster cluster, int content) =>
        cluster.Baseline.Status is { Job: null, Current: { } current } && Content(current.Digest) == content;

    private static int Content(string digest) => Convert.ToInt32(digest[^4..], 16);
}
