using System.Text.Json.Nodes;

namespace PatchOperator.GitOps.Tests.Cluster;

/// <summary>A real API server with the CustomResourceDefinitions and without the operator, worked by the kubectl of the oldest supported Kubernetes.</summary>
public sealed class GitOpsCluster : IAsyncLifetime, IDisposable
{
    internal static readonly string[] Kinds = ["PatchPolicy", "PatchWindow", "PatchRun", "PatchPlan", "PatchRecord", "NodePatch", "ImageBaseline"];

    private readonly ApiServerFixture server = new();

    public async Task InitializeAsync()
    {
        await server.InitializeAsync();
        // Kubernetes before 1.25 knows no validation rules: the client would refuse them, the server drops them.
        Kubectl(["apply", "--validate=false", "--kustomize", Repository.PathOf("crds")]);
        Kubectl(["wait", "--for=condition=Established", "--timeout=60s", "crd", "--all"]);
        // That follows a moment later, one kind after the other.
        await Eventually.TrueAsync(() => Kinds.All(HasFields), "the API server's OpenAPI document has the fields of every kind");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => server.Dispose();

    /// <summary>A kind as the API server's OpenAPI document has it now.</summary>
    internal JsonNode? Definition(string kind) => JsonNode.Parse(Kubectl(["get", "--raw", "/openapi/v2"]))!["definitions"]![$"io.patchoperator.v1alpha1.{kind}"];

    internal string Kubectl(IEnumerable<string> arguments, string input = "") =>
        TryKubectl(arguments, input).Checked().Output;

    internal string NewKubectl(IEnumerable<string> arguments) => Run(Testing.Kubectl.New, arguments).Succeeded();

    internal Command TryKubectl(IEnumerable<string> arguments, string input = "") => Run(Testing.Kubectl.Old, arguments, input);

    private bool HasFields(string kind) => Definition(kind)?["properties"]?["spec"]?["properties"] is not null;

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
