using System.Globalization;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.World;
using PatchOperator.Jobs;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Caches;

public class ClusterWorldTests
{
    private readonly ClusterWorld world = new(NullLogger<ClusterWorld>.Instance);
    private readonly List<WorldChange> changes = [];
    private int version;

    public ClusterWorldTests() => world.Changed += changes.Add;

    public static TheoryData<IKubernetesObject<V1ObjectMeta>, string, Func<Snapshot, bool>> Objects => new()
    {
        { new PatchPolicy { Metadata = Named("x") }, "PatchPolicy", snapshot => snapshot.Policies["x"] is not null },
        { new PatchWindow { Metadata = Named("x") }, "PatchWindow", snapshot => snapshot.Windows["x"] is not null },
        { new PatchRun { Metadata = Named("x") }, "PatchRun", snapshot => snapshot.Runs["x"] is not null },
        { new PatchPlan { Metadata = Named("x") }, "PatchPlan", snapshot => snapshot.Plans["x"] is not null },
        { new PatchRecord { Metadata = Named("x") }, "PatchRecord", snapshot => snapshot.Records["x"] is not null },
        { new ImageBaseline { Metadata = Named("x") }, "ImageBaseline", snapshot => snapshot.Baselines["x"] is not null },
        { new NodePatch { Metadata = Named("x") }, "NodePatch", snapshot => snapshot.NodePatches["x"] is not null },
        { new NodeResource { Metadata = Named("x") }, "Node", snapshot => snapshot.Nodes["x"] is not null },
        { new JobResource { Metadata = Named("x") }, "Job", snapshot => snapshot.Jobs["x"] is not null },
        {
            new PodResource { Metadata = Named("x", new Dictionary<string, string> { [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy }) }, "Pod",
            snapshot => snapshot.Pods["x"] is not null
        },
    };

    [Theory, MemberData(nameof(Objects))]
    public void What_an_answer_tells_is_known_at_once(IKubernetesObject<V1ObjectMeta> resource, string kind, Func<Snapshot, bool> isKnown)
    {
        var before = world.Snapshot;

        world.Observe(resource);

        Assert.True(isKnown(world.Snapshot));
        Assert.Equal(new WorldChange(kind, "x", before, world.Snapshot), Assert.Single(changes));
    }

    /// <summary>A decision is made of one instant, whatever is heard meanwhile.</summary>
    [Fact]
    public void What_is_heard_later_does_not_change_a_snapshot()
    {
        Node("node-1");
        Patch("node-1");
        var before = world.Snapshot;
        var fleet = before.Fleet;

        Node("node-2");
        world.Observe(new NodePatch { Metadata = Version("node-1"), Spec = new NodePatchSpec { NodeName = "node-1", Operation = Operation } });
        world.With(world.Nodes, store => store.Remove("node-1", "uid-node-1"));

        Assert.Equal((1, null, 1), (before.Nodes.Count, before.NodePatches["node-1"]!.Spec.Operation, fleet.Count));
        Assert.False(before.Fleet["node-1"]!.HoldsSlot);
        Assert.Equal(("node-2", null, 1), (Assert.Single(world.Snapshot.Nodes.All).Name, world.Snapshot.Fleet["node-1"], world.Snapshot.Fleet.Count));
    }

    [Fact]
    public void A_reservation_takes_from_the_budget_the_moment_it_is_written()
    {
        Node("node-1");
        Patch("node-1");
        Assert.Equal(0, world.Snapshot.Fleet.Unavailable);

        world.Observe(new NodePatch { Metadata = Owned("node-1"), Spec = new NodePatchSpec { NodeName = "node-1", Operation = Operation } });

        Assert.True(world.Snapshot.Fleet["node-1"]!.HoldsSlot);
        Assert.Equal(1, world.Snapshot.Fleet.Unavailable);
    }

    [Fact]
    public void An_older_answer_does_not_free_a_slot_again()
    {
        Node("node-1");
        var before = Owned("node-1");
        world.Observe(new NodePatch { Metadata = Owned("node-1"), Spec = new NodePatchSpec { NodeName = "node-1", Operation = Operation } });

        world.Observe(new NodePatch { Metadata = before, Spec = new NodePatchSpec { NodeName = "node-1" } });

        Assert.True(world.Snapshot.Fleet["node-1"]!.HoldsSlot);
    }

    [Fact]
    public void A_NodePatch_of_a_node_that_is_gone_is_not_that_of_the_node_that_has_its_name_now()
    {
        Node("node-1");
        Patch("node-1");
        Assert.NotNull(world.Snapshot.Fleet["node-1"]!.Patch);

        world.With(world.Nodes, store => store.Remove("node-1", "uid-node-1"));
        world.Observe(new NodeResource { Metadata = Version("node-1", "another") });

        Assert.NotNull(world.Snapshot.NodePatches["node-1"]);
        Assert.Null(world.Snapshot.Fleet["node-1"]!.Patch);
    }

    [Fact]
    public void Jobs_are_found_by_their_node_or_baseline_and_pods_by_their_Job()
    {
        var onNode = Version("patch-1");
        onNode.Annotations = new Dictionary<string, string> { [JobAnnotations.Node] = "node-1" };
        var ofBaseline = Version("build-1");
        ofBaseline.Labels = new Dictionary<string, string> { [ApiGroup.BaselineLabel] = "golden" };
        var pod = Version("patch-1-pod");
        pod.Labels = new Dictionary<string, string> { [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy, ["job-name"] = "patch-1" };
        world.Observe(new JobResource { Metadata = onNode });
        world.Observe(new JobResource { Metadata = ofBaseline });
        world.Observe(new PodResource { Metadata = pod });

        Assert.Equal("patch-1", Assert.Single(world.Snapshot.Jobs.By("node-1")).Name);
        Assert.Equal("build-1", Assert.Single(world.Snapshot.Jobs.By(JobRecord.KeyOfBaseline("golden"))).Name);
        Assert.Equal("patch-1-pod", Assert.Single(world.Snapshot.Pods.By("patch-1")).Name);

        world.With(world.Jobs, store => store.Remove("patch-1", "uid-patch-1"));
        Assert.Empty(world.Snapshot.Jobs.By("node-1"));
    }

    [Fact]
    public void A_heartbeat_is_no_change_and_a_node_that_is_not_Ready_any_more_is_one()
    {
        Heartbeat("True", seconds: 0);
        var known = world.Snapshot;

        Heartbeat("True", seconds: 10);
        Assert.Same(known, world.Snapshot);
        Assert.Single(changes);

        Heartbeat("False", seconds: 20);
        Assert.False(world.Snapshot.Nodes["node-1"]!.Ready);
        Assert.Equal(2, changes.Count);
    }

    [Fact]
    public void What_says_nothing_new_of_a_Job_or_a_pod_is_no_change()
    {
        for (var times = 0; times < 2; times++)
        {
            world.Observe(new JobResource { Metadata = Version("job") });
            var pod = Version("pod");
            pod.Labels = new Dictionary<string, string> { [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy };
            world.Observe(new PodResource { Metadata = pod });
        }

        Assert.Equal(["Job", "Pod"], changes.Select(change => change.Kind));
    }

    /// <summary>Pods of others are read while a node drains; they are none of ours.</summary>
    [Fact]
    public void A_pod_of_somebody_else_is_not_kept()
    {
        world.Observe(new PodResource { Metadata = Version("web") });

        Assert.Equal((0, 0), (world.Snapshot.Pods.Count, changes.Count));
    }

    [Fact]
    public void A_handler_that_fails_loses_neither_the_change_nor_the_next()
    {
        world.Changed += _ => throw new InvalidOperationException("this handler has a fault");

        Node("node-1");
        Node("node-2");

        Assert.Equal(2, world.Snapshot.Nodes.Count);
        Assert.Equal(["node-1", "node-2"], changes.Select(change => change.Name));
    }

    private static NodeOperation Operation => new() { Run = "run", RunUid = "run-uid" };

    private static V1ObjectMeta Named(string name, Dictionary<string, string>? labels = null) =>
        new() { Name = name, Uid = $"uid-{name}", ResourceVersion = "1", Labels = labels };

    private V1ObjectMeta Version(string name, string? uid = null) =>
        new() { Name = name, Uid = uid ?? $"uid-{name}", ResourceVersion = (++version).ToString(CultureInfo.InvariantCulture) };

    private V1ObjectMeta Owned(string node)
    {
        var metadata = Version(node, $"uid-patch-{node}");
        metadata.OwnerReferences = [new V1OwnerReference { Uid = $"uid-{node}" }];
        return metadata;
    }

    private void Node(string name) => world.Observe(new NodeResource { Metadata = Version(name), Status = Ready("True", 0) });

    private void Patch(string node) => world.Observe(new NodePatch { Metadata = Owned(node), Spec = new NodePatchSpec { NodeName = node } });

    private void Heartbeat(string ready, int seconds) => world.Observe(new NodeResource { Metadata = Version("node-1"), Status = Ready(ready, seconds) });

    private static NodeResource.StatusFields Ready(string ready, int seconds) => new()
    {
        Conditions =
        [
            new V1NodeCondition
            {
                Type = "Ready",
                Status = ready,
                LastHeartbeatTime = new DateTime(2026, 11, 20, 12, 0, seconds, DateTimeKind.Utc),
                LastTransitionTime = new DateTime(2026, 11, 20, 11, 0, 0, DateTimeKind.Utc),
            },
        ],
    };
}
