using System.Text.Json.Nodes;
using PatchOperator.GitOps.Tests.Programs;
using PatchOperator.Integration.Tests;

namespace PatchOperator.GitOps.Tests.Cluster;

/// <summary>A real API server with the CustomResourceDefinitions and without the operator, worked by the kubectl of the oldest supported Kubernetes.</summary>
public sealed class GitOpsCluster : IAsyncLifetime, IDisposable
{
    private readonly ApiServerFixture server = new();

    public async Task InitializeAsync()
    {
        await server.InitializeAsync();
        // Kubernetes before 1.25 knows no validation rules: the client would refuse them, the server drops them.
        Kubectl(["apply", "--validate=false", "--kustomize", Repository.Of("crds")]);
        Kubectl(["wait", "--for=condition=Established", "--timeout=60s", "crd", "--all"]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => server.Dispose();

    internal string Kubectl(IEnumerable<string> arguments, string input = "") =>
        Repository.Run(Programs.Kubectl.Old.Program, ["--kubeconfig", server.Kubeconfig, .. arguments], input);

    internal string NewKubectl(IEnumerable<string> arguments) =>
        Repository.Run(Programs.Kubectl.New.Program, ["--kubeconfig", server.Kubeconfig, .. arguments]);

    internal (int ExitCode, string Output, string Errors) TryKubectl(IEnumerable<string> arguments, string input = "") =>
        Repository.Try(Programs.Kubectl.Old.Program, ["--kubeconfig", server.Kubeconfig, .. arguments], input);

    /// <summary>Creates an object and writes its status, as an operator does.</summary>
    internal void Store(JsonObject item, string plural)
    {
        var stored = JsonNode.Parse(Kubectl(["create", "--validate=false", "--output=json", "--filename=-"], item.ToJsonString()))!;
        stored["status"] = item["status"]!.DeepClone();
        Kubectl(["replace", "--raw", $"/apis/patchoperator.io/v1alpha1/{plural}/{item["metadata"]!["name"]}/status", "--filename=-"], stored.ToJsonString());
    }
}
