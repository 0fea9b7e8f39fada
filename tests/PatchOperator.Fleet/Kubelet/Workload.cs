using System.Text.Json.Nodes;

namespace PatchOperator.Fleet.Kubelet;

/// <summary>Pods for drains to evict: of one ReplicaSet, without a budget, each replaced on another node.</summary>
internal sealed class Workload(ApiServer api)
{
    public const string Namespace = "workload";
    private int next;
    private JsonObject owner = [];

    /// <param name="nodes">All.</param>
    /// <param name="podsPerNode">How many on each.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task CreateAsync(IReadOnlyList<FakeNode> nodes, int podsPerNode, CancellationToken cancellationToken)
    {
        await api.PostAsync(
            "/api/v1/namespaces",
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = Namespace } },
            cancellationToken);
        var set = await api.PostAsync(
            $"/apis/apps/v1/namespaces/{Namespace}/replicasets",
            new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "ReplicaSet",
                ["metadata"] = new JsonObject { ["name"] = "app" },
                ["spec"] = new JsonObject
                {
                    ["replicas"] = nodes.Count * podsPerNode,
                    ["selector"] = new JsonObject { ["matchLabels"] = Labels() },
                    ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = Labels() }, ["spec"] = Spec(null) },
                },
            },
            cancellationToken);
        owner = new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["name"] = "app",
            ["uid"] = set["metadata"]!["uid"]!.DeepClone(),
            ["controller"] = true,
        };
        await Parallel.ForEachAsync(
            nodes.SelectMany(node => Enumerable.Repeat(node.Name, podsPerNode)),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken },
            async (node, token) => await PodAsync(node, token));
    }

    /// <summary>Another pod, on the next node that a scheduler would take.</summary>
    public async Task ReplaceAsync(IReadOnlyList<FakeNode> nodes, string left, CancellationToken cancellationToken)
    {
        var from = Interlocked.Increment(ref next);
        var place = Enumerable
            .Range(0, nodes.Count)
            .Select(offset => nodes[(int)((uint)(from + offset) % nodes.Count)])
            .FirstOrDefault(node => node is { Cordoned: false, Ready: true } && node.Name != left);
        // With every other node cordoned it would be pending.
        if (place is not null)
            await PodAsync(place.Name, cancellationToken);
    }

    private async Task PodAsync(string node, CancellationToken cancellationToken) => await api.PostAsync(
        $"/api/v1/namespaces/{Namespace}/pods",
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["generateName"] = "app-", ["labels"] = Labels(), ["ownerReferences"] = new JsonArray(owner.DeepClone()) },
            ["spec"] = Spec(node),
        },
        cancellationToken);

    private static JsonObject Labels() => new() { ["app"] = "app" };

    private static JsonObject Spec(string? node) => new()
    {
        ["nodeName"] = node,
        ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = "registry.example.com/app:v1" }),
    };
}
