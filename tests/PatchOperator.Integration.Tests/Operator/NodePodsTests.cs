using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PatchOperator.Caches;
using PatchOperator.Connecting;
using PatchOperator.Effects;
using PatchOperator.Engine.Questions;
using PatchOperator.Questions;

namespace PatchOperator.Integration.Tests.Operator;

[Collection(OperatorCollection.Name)]
public class NodePodsTests(OperatorFixture cluster)
{
    private const string Label = "node-pods-tests";

    /// <summary>Where it has nowhere to go, nobody would be left to uncordon the node.</summary>
    [Theory]
    [InlineData("none", false)]
    [InlineData("not-ready", false)]
    [InlineData("cordoned", false)]
    [InlineData("tainted", false)]
    [InlineData("unselected", false)]
    [InlineData("free", true)]
    public async Task The_operators_own_pod_leaves_only_if_another_node_can_take_it(string other, bool leaves)
    {
        var drained = $"drained-{other}";
        foreach (var name in new[] { "web", "operator" })
            await cluster.Client.ApiClient.CoreV1.CreateNamespacedPodAsync(Pod($"{drained}-{name}", drained), cluster.Namespace);
        if (other != "none")
            await CreateAsync(Node(other));
        try
        {
            Assert.Equal(leaves ? [$"{drained}-operator", $"{drained}-web"] : [$"{drained}-web"], await PodsThatLeaveAsync(drained));
        }
        finally
        {
            if (other != "none")
                await cluster.Client.ApiClient.CoreV1.DeleteNodeAsync(Node(other).Metadata.Name);
        }
    }

    [Fact]
    public async Task What_must_be_exact_has_a_pod_that_was_bound_a_moment_ago_and_none_that_has_just_gone()
    {
        var api = Api();
        var pods = cluster.Client.ApiClient.CoreV1;
        for (var number = 0; number < 5; number++)
        {
            var pod = Pod($"exact-{number}", "exact");
            await pods.CreateNamespacedPodAsync(pod, cluster.Namespace);
            Assert.Equal([pod.Metadata.Name], (await api.PodsOnNodeAsync("exact", exactly: true, CancellationToken.None)).Select(found => found.Metadata.Name));
            await pods.DeleteNamespacedPodAsync(pod.Metadata.Name, cluster.Namespace, gracePeriodSeconds: 0);
            Assert.Empty(await api.PodsOnNodeAsync("exact", exactly: true, CancellationToken.None));
        }
    }

    private async Task<IEnumerable<string>> PodsThatLeaveAsync(string drained)
    {
        var options = Options($"{drained}-operator");
        var world = new ClusterWorld(NullLogger<ClusterWorld>.Instance);
        using var informers = new Informers(cluster.Client, world, options, TimeProvider.System, NullLogger<Informers>.Instance);
        await informers.StartAsync(CancellationToken.None);
        await informers.Synced;
        var api = Api();
        var facts =
            await new NodePods(api, world, new Evictions(api), options, TimeProvider.System).ToEvictAsync(new PodsToEvict(drained), CancellationToken.None);
        await informers.StopAsync(CancellationToken.None);
        return facts.Remaining.Select(pod => pod.Name).Order(StringComparer.Ordinal);
    }

    private ClusterApi Api() =>
        new(cluster.Client, new EvictionApi(cluster.Client), (_, _, _, _, _) => Task.CompletedTask, Options("operator"), TimeProvider.System);

    private OperatorOptions Options(string pod) => new()
    {
        Pod = $"{cluster.Namespace}/{pod}",
        JobNamespace = cluster.Namespace,
        AgentImage = "agent",
        ToolsImage = "tools",
    };

    // The API server taints each new node until it has been heard of.
    private async Task CreateAsync(V1Node node)
    {
        await cluster.Client.ApiClient.CoreV1.CreateNodeAsync(node);
        var taints = new V1Patch(KubernetesJson.Serialize(new { spec = new { taints = node.Spec.Taints ?? [] } }), V1Patch.PatchType.MergePatch);
        await cluster.Client.ApiClient.CoreV1.PatchNodeAsync(taints, node.Metadata.Name);
    }

    private static V1Pod Pod(string name, string node) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1PodSpec
        {
            NodeName = node,
            NodeSelector = new Dictionary<string, string> { [Label] = "yes" },
            Containers = [new V1Container { Name = "main", Image = "main" }],
        },
    };

    private static V1Node Node(string kind) => new()
    {
        Metadata = new V1ObjectMeta { Name = $"other-{kind}", Labels = new Dictionary<string, string> { [Label] = kind == "unselected" ? "no" : "yes" } },
        Spec = new V1NodeSpec
        {
            Unschedulable = kind == "cordoned",
            Taints = kind == "tainted" ? [new V1Taint { Key = "example.com/dedicated", Effect = "NoSchedule" }] : null,
        },
        Status = new V1NodeStatus { Conditions = [new V1NodeCondition { Type = "Ready", Status = kind == "not-ready" ? "False" : "True" }] },
    };
}
