using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>Everything that is in a cluster, to be compared with what is in it later.</summary>
internal sealed class Residue(Kubectl kubectl)
{
    // What the cluster itself makes at any time, and what it tells about what has been.
    private static readonly string[] NotCounted =
    [
        "events",
        "events.events.k8s.io",
        "leases.coordination.k8s.io",
        "endpoints",
        "endpointslices.discovery.k8s.io",
        "pods.metrics.k8s.io",
        "componentstatuses",
    ];

    /// <returns>The kinds of objects, the objects by namespace, kind and name, and what the nodes are marked with.</returns>
    public async Task<IReadOnlyList<string>> LookAsync()
    {
        var kinds = (await kubectl.RunAsync("api-resources", "--verbs=list", "--output=name"))
            .Split('\n')
            .Except(NotCounted)
            .Order(StringComparer.Ordinal)
            .ToList();
        var objects = await kubectl.ListAsync(string.Join(',', kinds), "--all-namespaces");
        return [.. kinds, .. objects.SelectMany(Describe).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Describe(JsonNode item)
    {
        var name = $"{item.Text("metadata.namespace")} {item.Text("kind")} {item.Name()}";
        // The name of a token has a random end.
        yield return item.Text("type") == "kubernetes.io/service-account-token" ? name[..^5] : name;
        if (item.Text("kind") != "Node")
            yield break;
        yield return $"{name} unschedulable: {item.IsCordoned()}";
        foreach (var mark in Keys(item, "metadata.labels").Concat(Keys(item, "metadata.annotations")).Concat(item.Items("spec.taints").Select(taint => taint.Text("key"))))
            yield return $"{name} {mark}";
    }

    private static IEnumerable<string> Keys(JsonNode item, string path) => item.At(path)?.AsObject().Select(entry => entry.Key) ?? [];
}
