using System.Text.Json.Nodes;

namespace PatchOperator.GitOps.Tests.Cluster;

/// <summary>A real API server with the CustomResourceDefinitions and without the operator, worked by the kubectl of the oldest supported Kubernetes.</summary>
public sealed class GitOpsCluster : IAsyncLifetime, IDisposable
{
    private readonly ApiServerFixture server = new();

    public async Task InitializeAsync()
    {
        await server.InitializeAsync();
        // Kubernetes before 1.25 knows no validation rules: the client would refuse them, the server drops them.
        Kubectl(["apply", "--validate=false", "--kustomize", Repository.PathOf("crds")]);
        Kubectl(["wait", "--for=condition=Established", "--timeout=60s", "crd", "--all"]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => server.Dispose();

    internal string Kubectl(IEnumerable<string> arguments, string input = "") =>
        TryKubectl(arguments, input).Checked().Output;

    internal string NewKubectl(IEnumerable<string> arguments) => Run(Testing.Kubectl.New, arguments).Succeeded();

    internal Command TryKubectl(IEnumerable<string> arguments, string input = "") => Run(Testing.Kubectl.Old, arguments, input);

    private Command Run(string program, IEnumerable<string> arguments, string input = "") =>
        Command.Run(program, ["--kubeconfig", server.Kubeconfig, .. arguments], input);

    /// <summary>Creates an object and writes its status, as an operator does.</summary>
    internal void Store(JsonObject item, string plural)
    {
        var stored = JsonNode.Parse(Kubectl(["create", "--validate=false", "--output=json", "--filename=-"], item.ToJsonString()))!;
        stored["status"] = item["status"]!.DeepClone();
        Kubectl(["replace", "--raw", $"/apis/patchoperator.io/v1alpha1/{plural}/{item["metadata"]!["name"]}/status", "--filename=-"], stored.ToJsonString());
    }
}
