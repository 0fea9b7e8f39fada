using System.Text.Json.Nodes;
using PatchOperator.GitOps.Tests.Programs;

namespace PatchOperator.GitOps.Tests.Cluster;

/// <summary>config/argocd, put beside what an Argo CD has already.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ArgoCdInstallationTests(GitOpsCluster cluster)
{
    [Fact]
    public void Health_checks_are_added_and_what_is_there_is_left_alone()
    {
        cluster.Kubectl(["apply", "--filename=-"], """{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "argocd"}}""");
        cluster.Kubectl(["create", "configmap", "argocd-cm", "--namespace=argocd", "--from-literal=url=https://argocd.example.com"]);

        cluster.NewKubectl(["apply", "--server-side", "--kustomize", Repository.PathOf("config/argocd")]);

        var data = JsonNode.Parse(cluster.Kubectl(["get", "configmap", "argocd-cm", "--namespace=argocd", "--output=json"]))!["data"]!.AsObject();
        Assert.Equal(ArgoCd.Keys.Append("url").Order(StringComparer.Ordinal), data.Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal("https://argocd.example.com", (string?)data["url"]);
        cluster.Kubectl(["delete", "configmap", "argocd-cm", "--namespace=argocd"]);
    }
}
