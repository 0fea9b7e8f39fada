using System.Diagnostics;
using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Objects;
using PatchOperator.EndToEnd.Tests.Watching;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>kubectl as an administrator of one cluster.</summary>
public sealed class Kubectl(string kubeconfig)
{
    public async Task<string> RunAsync(params string[] arguments) => (await TryAsync(arguments)).Succeeded();

    /// <summary>Applies objects as people do: this also tells whether applying the same again changes anything.</summary>
    internal async Task ApplyAsync(params IManifest[] manifests)
    {
        foreach (var json in manifests.SelectMany(manifest => manifest.Objects).Select(Json.Write))
            (await TryAsync(["apply", "--filename=-"], json)).Succeeded();
    }

    /// <summary>All objects of a kind; further arguments choose namespace and labels.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string kind, params string[] arguments)
    {
        var list = JsonNode.Parse(await RunAsync(["get", kind, "--output=json", .. arguments]))!;
        return [.. list["items"]!.AsArray().Select(item => item!)];
    }

    public async Task<JsonNode> GetAsync(string kind, string name, params string[] arguments) =>
        JsonNode.Parse(await RunAsync(["get", kind, name, "--output=json", .. arguments]))!;

    /// <summary>A watch of all objects of a kind that has seen all there are now. Dispose it to end it.</summary>
    public Task<Watched> WatchAsync(string kind, params string[] arguments) => Watched.StartAsync(this, ["get", kind, "--output=json", .. arguments]);

    internal Process Start(IEnumerable<string> arguments) => Command.Start("kubectl", Arguments(arguments));

    internal Task<Command> TryAsync(IEnumerable<string> arguments, string input = "") =>
        Command.RunAsync("kubectl", Arguments(arguments), input, TimeSpan.FromMinutes(8));

    private string[] Arguments(IEnumerable<string> arguments) => ["--kubeconfig", kubeconfig, .. arguments];
}
