using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Health;

namespace PatchOperator.Integration.Tests.Operator;

/// <summary>Health checks of objects, on a real API server; it has no controllers, so the test writes what they would.</summary>
[Collection(OperatorCollection.Name)]
public class ObjectConditionsTests(OperatorFixture cluster)
{
    [Theory]
    [InlineData("True", 2L, true, "")]
    [InlineData("False", 2L, false, "Deployment NAMESPACE/NAME: Available is False, MinimumReplicasUnavailable")]
    [InlineData("True", 1L, false, "Deployment NAMESPACE/NAME: its last change has not been taken up yet")]
    [InlineData(null, 2L, false, "Deployment NAMESPACE/NAME has no condition Available")]
    public async Task A_deployment_passes_by_the_condition_that_its_controller_gave_it_last(string? status, long observed, bool passes, string message)
    {
        var name = $"conditions-{Guid.NewGuid():N}";
        var labels = new Dictionary<string, string> { ["app"] = name };
        var deployment = await cluster.Client.ApiClient.AppsV1.CreateNamespacedDeploymentAsync(
            new V1Deployment
            {
                Metadata = new V1ObjectMeta { Name = name },
                Spec = new V1DeploymentSpec
                {
                    Selector = new V1LabelSelector { MatchLabels = labels },
                    Template = new V1PodTemplateSpec
                    {
                        Metadata = new V1ObjectMeta { Labels = labels },
                        Spec = new V1PodSpec { Containers = [new V1Container { Name = "a", Image = "a" }] },
                    },
                },
            },
            cluster.Namespace);
        deployment.Spec.Replicas = 2;
        deployment = await cluster.Client.ApiClient.AppsV1.ReplaceNamespacedDeploymentAsync(deployment, name, cluster.Namespace);
        deployment.Status = new V1DeploymentStatus
        {
            ObservedGeneration = observed,
            Conditions = status is null ? null : [new V1DeploymentCondition { Type = "Available", Status = status, Reason = "MinimumReplicasUnavailable" }],
        };
        await cluster.Client.ApiClient.AppsV1.ReplaceNamespacedDeploymentStatusAsync(deployment, name, cluster.Namespace);

        var found = await AskAsync(new ObjectCheck { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = cluster.Namespace, Name = name, Condition = "Available" });

        var words = message.Replace("NAMESPACE", cluster.Namespace, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal);
        Assert.Equal(new HealthFacts(passes, words), found);
    }

    [Fact]
    public async Task A_kind_without_namespaces_of_the_core_group_is_found_too()
    {
        var node = await cluster.Client.ApiClient.CoreV1.CreateNodeAsync(new V1Node { Metadata = new V1ObjectMeta { Name = $"conditions-{Guid.NewGuid():N}" } });
        node.Status = new V1NodeStatus { Conditions = [new V1NodeCondition { Type = "DiskPressure", Status = "False" }] };
        await cluster.Client.ApiClient.CoreV1.ReplaceNodeStatusAsync(node, node.Metadata.Name);
        try
        {
            Assert.Equal(
                HealthFacts.Well,
                await AskAsync(new ObjectCheck { ApiVersion = "v1", Kind = "Node", Name = node.Metadata.Name, Condition = "DiskPressure", Status = "False" }));
        }
        finally
        {
            await cluster.Client.ApiClient.CoreV1.DeleteNodeAsync(node.Metadata.Name);
        }
    }

    [Theory]
    [InlineData("apps/v1", "Deployment", "default", "there is no Deployment default/none")]
    [InlineData("apps/v1", "Deployment", null, "Deployment is a kind with a namespace, and none is given")]
    [InlineData("v1", "Node", "default", "Node is a kind without namespaces")]
    [InlineData("apps/v1", "Widget", "default", "the API server knows no kind Widget in apps/v1")]
    [InlineData("example.com/v1", "Widget", "default", "the API server knows no kind Widget in example.com/v1")]
    public async Task What_cannot_be_found_is_not_known(string apiVersion, string kind, string? @namespace, string message) => Assert.Equal(
        new HealthFacts(null, message),
        await AskAsync(new ObjectCheck { ApiVersion = apiVersion, Kind = kind, Namespace = @namespace, Name = "none", Condition = "Available" }));

    private Task<HealthFacts> AskAsync(ObjectCheck check) =>
        new HealthProbes(null!, new ObjectConditions(cluster.Client), TimeProvider.System).AskAsync(new HealthCheck { Object = check }, CancellationToken.None);
}
