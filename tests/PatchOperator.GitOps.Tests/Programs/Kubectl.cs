using System.Text.Json.Nodes;
using PatchOperator.Chart.Tests;

namespace PatchOperator.GitOps.Tests.Programs;

/// <summary>A kubectl, as hack/kubectl has it.</summary>
internal sealed class Kubectl(string age)
{
    /// <summary>Of the oldest Kubernetes that we support, with kustomize 2.0.</summary>
    public static readonly Kubectl Old = new("old");

    /// <summary>With a kustomize like that of Argo CD and Flux.</summary>
    public static readonly Kubectl New = new("new");

    private readonly Lazy<string> program = new(() => Repository.Run(Repository.Of("hack/kubectl"), [age]).Trim());

    public string Program => program.Value;

    public static Kubectl Of(string age) => age == "old" ? Old : New;

    /// <summary>What a kustomization makes, by kind and name.</summary>
    public SortedDictionary<string, JsonObject> Kustomize(string folder) =>
        new(Yaml.Documents(Repository.Run(Program, ["kustomize", Repository.Of(folder)])).ToDictionary(Name), StringComparer.Ordinal);

    private static string Name(JsonObject item) => $"{item["kind"]} {item["metadata"]!["name"]}";
}
