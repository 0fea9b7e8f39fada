using k8s;
using k8s.Models;
using PatchOperator.Nodes;

namespace PatchOperator.Integration.Tests.Operator;

[Collection(OperatorCollection.Name)]
public class DrainerTests(OperatorFixture cluster)
{
    /// <summary>On a cluster of one node it would have nowhere to go, and nobody would be left to uncordon the node.</summary>
    [Fact]
    public async Task All_pods_must_leave_but_the_operators_own()
    {
        foreach (var name in new[] { "drained-web", "drained-operator" })
            await cluster.Client.ApiClient.CoreV1.CreateNamespacedPodAsync(Pod(name), cluster.Namespace);
        var options = new OperatorOptions { Pod = $"{cluster.Namespace}/drained-operator", JobNamespace = cluster.Namespace, AgentImage = "agent", ToolsImage = "tools" };

        var facts = await new Drainer(cluster.Client, new EvictionApi(cluster.Client), options).FactsAsync("drained", CancellationToken.None);

        Assert.Equal(["drained-web"], facts.Remaining.Select(pod => pod.Name));
    }

    private static V1Pod Pod(string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1PodSpec { NodeName = "drained", Containers = [new V1Container { Name = "main", Image = "main" }] },
    };
}
