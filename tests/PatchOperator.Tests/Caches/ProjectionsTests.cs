using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Jobs;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Caches;

public class ProjectionsTests
{
    private static readonly DateTime Since = new(2026, 11, 20, 11, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_a_node_is_kept_what_decisions_are_made_from()
    {
        var node = Projections.Node(new NodeResource
        {
            Metadata = new V1ObjectMeta
            {
                Name = "node-1",
                Uid = "uid",
                Labels = new Dictionary<string, string> { ["role"] = "worker" },
                Annotations = new Dictionary<string, string> { [ApiGroup.CordonedByAnnotation] = "run-1" },
            },
            Spec = new NodeResource.SpecFields { Unschedulable = true },
            Status = new NodeResource.StatusFields
            {
                Conditions =
                [
                    new V1NodeCondition { Type = "MemoryPressure", Status = "False" },
                    new V1NodeCondition { Type = "Ready", Status = "True", LastTransitionTime = Since },
                ],
                NodeInfo = new NodeResource.Info { BootID = "boot", OsImage = "Debian 12", KernelVersion = "6.1" },
            },
        });

        Assert.Equal(
            ("node-1", "uid", "worker", true, "run-1", true, (DateTimeOffset?)Since, "boot", "Debian 12", "6.1"),
            (node.Name, node.Uid, node.Labels["role"], node.Unschedulable, node.CordonedBy, node.Ready, node.ReadySince, node.BootId, node.OsImage, node.KernelVersion));
    }

    [Fact]
    public void A_node_that_has_only_just_registered_is_not_Ready_and_nothing_is_known_of_it()
    {
        var node = Projections.Node(new NodeResource { Metadata = new V1ObjectMeta { Name = "node-1", Uid = "uid" } });

        Assert.Equal((false, null, "", null, null, false, false), (node.Ready, node.ReadySince, node.BootId, node.OsImage, node.CordonedBy, node.Unschedulable, node.Tainted));
        Assert.Empty(node.Labels);
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("False", false)]
    [InlineData("Unknown", false)]
    public void Only_a_node_whose_kubelet_says_so_is_Ready(string status, bool ready) => Assert.Equal(
        ready,
        Projections.Node(new NodeResource
        {
            Metadata = new V1ObjectMeta { Name = "node-1" },
            Status = new NodeResource.StatusFields { Conditions = [new V1NodeCondition { Type = "Ready", Status = status }] },
        }).Ready);

    [Theory]
    [InlineData("dedicated", "NoSchedule", true, false)]
    [InlineData("node.kubernetes.io/unreachable", "NoExecute", true, false)]
    [InlineData("dedicated", "PreferNoSchedule", false, false)]
    [InlineData("ToBeDeletedByClusterAutoscaler", "NoSchedule", true, true)]
    public void Taints_keep_pods_away_and_one_says_that_the_node_is_leaving(string key, string effect, bool tainted, bool leaving)
    {
        var node = Projections.Node(new NodeResource
        {
            Metadata = new V1ObjectMeta { Name = "node-1" },
            Spec = new NodeResource.SpecFields { Taints = [new V1Taint { Key = key, Effect = effect }] },
        });

        Assert.Equal((tainted, leaving), (node.Tainted, node.Leaving));
    }

    [Fact]
    public void An_annotation_that_is_longer_than_any_image_name_is_not_kept()
    {
        var node = Projections.Node(new NodeResource
        {
            Metadata = new V1ObjectMeta
            {
                Name = "node-1",
                Annotations = new Dictionary<string, string> { ["image"] = new('x', 512), ["state"] = new('x', 513) },
            },
        });

        Assert.Equal(["image"], node.Annotations.Keys);
    }

    /// <summary>One that is dropped would let the node go by the zone of its place.</summary>
    [Fact]
    public void A_time_zone_that_is_too_long_to_be_one_is_kept_so_that_it_is_found_wrong()
    {
        var node = Projections.Node(new NodeResource
        {
            Metadata = new V1ObjectMeta { Name = "node-1", Annotations = new Dictionary<string, string> { [ApiGroup.TimeZoneAnnotation] = new('x', 513) } },
        });

        Assert.Equal(new string('x', 512), node.Place.TimeZone);
    }

    [Fact]
    public void Two_records_of_a_node_are_the_same_when_their_labels_and_annotations_are_too()
    {
        static NodeResource Node(string label, string annotation, bool cordoned = false) => new()
        {
            Metadata = new V1ObjectMeta
            {
                Name = "node-1",
                Labels = new Dictionary<string, string> { ["role"] = label },
                Annotations = new Dictionary<string, string> { ["image"] = annotation },
            },
            Spec = new NodeResource.SpecFields { Unschedulable = cordoned },
        };
        bool Same(NodeResource? after) => Projections.Same(Projections.Node(Node("worker", "v1")), Projections.Node(after));

        Assert.True(Same(Node("worker", "v1")));
        Assert.False(Same(Node("storage", "v1")));
        Assert.False(Same(Node("worker", "v2")));
        Assert.False(Same(Node("worker", "v1", cordoned: true)));
        Assert.False(Same(null));
        Assert.True(Projections.Same(null, null));
    }

    public static TheoryData<string, object?, string?> Pods => new()
    {
        { "nothing is known", null, null },
        { "it runs", Status(new V1ContainerState { Running = new V1ContainerStateRunning() }), null },
        { "it is being made", Waiting("ContainerCreating"), null },
        { "it waits for the first container", Waiting("PodInitializing"), null },
        { "its image cannot be pulled", Waiting("ErrImagePull", "no such tag"), "ErrImagePull: no such tag" },
        { "nobody says why", Waiting("CreateContainerError"), "CreateContainerError" },
        {
            "the image of its first container cannot be pulled",
            new PodResource.StatusFields { InitContainerStatuses = [Container("ErrImagePull", "no such tag")], ContainerStatuses = [Container("PodInitializing")] },
            "ErrImagePull: no such tag"
        },
        { "the kubelet did not take it", new PodResource.StatusFields { Phase = "Failed", Reason = "OutOfcpu", Message = "no cpu is left" }, "OutOfcpu: no cpu is left" },
        { "it failed by itself", new PodResource.StatusFields { Phase = "Failed" }, null },
        { "no node can take it", Scheduled("False", "0/3 nodes are available"), "0/3 nodes are available" },
        { "a node has taken it", Scheduled("True", "done"), null },
    };

    [Theory, MemberData(nameof(Pods))]
    public void What_keeps_a_pod_from_running_is_told_in_words(string what, object? status, string? problem)
    {
        var told = Projections.Pod(new PodResource { Metadata = new V1ObjectMeta { Name = "pod" }, Status = (PodResource.StatusFields?)status }).Problem;

        Assert.True(problem == told, $"{what}: {told}");
    }

    [Fact]
    public void A_pod_says_for_which_Job_node_and_baseline_it_works()
    {
        var pod = Projections.Pod(new PodResource
        {
            Metadata = new V1ObjectMeta
            {
                Name = "pod",
                Labels = new Dictionary<string, string> { ["job-name"] = "job", [ApiGroup.BaselineLabel] = "golden" },
                Annotations = new Dictionary<string, string> { [JobAnnotations.Node] = "node-1" },
            },
        });

        Assert.Equal(("pod", "job", "node-1", "golden"), (pod.Name, pod.Job, pod.Node, pod.Baseline));
    }

    private static PodResource.StatusFields Status(V1ContainerState state) => new() { ContainerStatuses = [new PodResource.Container { State = state }] };

    private static PodResource.StatusFields Waiting(string reason, string? message = null) => new() { ContainerStatuses = [Container(reason, message)] };

    private static PodResource.Container Container(string reason, string? message = null) =>
        new() { State = new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = reason, Message = message } } };

    private static PodResource.StatusFields Scheduled(string status, string message) =>
        new() { Conditions = [new V1PodCondition { Type = "PodScheduled", Status = status, Message = message }] };
}
