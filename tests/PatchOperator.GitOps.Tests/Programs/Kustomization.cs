using System.Text.Json.Nodes;

namespace PatchOperator.GitOps.Tests.Programs;

/// <summary>Kustomizations, as the kustomize of Argo CD and Flux makes them.</summary>
internal static class Kustomization
{
    /// <summary>What a folder of this repository makes, by kind and name.</summary>
    public static SortedDictionary<string, JsonObject> Of(string folder) =>
        new(Yaml.Documents(Kubectl.Kustomize(Kubectl.New, folder)).ToDictionary(item => $"{item["kind"]} {item["metadata"]!["name"]}"), StringComparer.Ordinal);
}
