using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace PatchOperator.Tests.Simulation;

/// <summary>One version of an object, as the API server has it. Never changed: a write makes another.</summary>
internal sealed class StoredObject(string kind, JsonObject json)
{
    private object? typed;

    public string Kind { get; } = kind;

    public JsonObject Json { get; } = json;

    public string Name { get; } = (string)json["metadata"]!["name"]!;

    public string Uid { get; } = (string)json["metadata"]!["uid"]!;

    public string Version { get; } = (string)json["metadata"]!["resourceVersion"]!;

    public bool Deleting => Json["metadata"]!["deletionTimestamp"] is not null;

    public bool HasFinalizers => Json["metadata"]!["finalizers"] is JsonArray { Count: > 0 };

    public IReadOnlyList<string> OwnerUids { get; } = [.. (json["metadata"]!["ownerReferences"] as JsonArray ?? []).Select(owner => (string?)owner!["uid"]).OfType<string>()];

    /// <summary>The value of a label; null when it has none.</summary>
    public string? Label(string name) => (string?)Json["metadata"]!["labels"]?[name];

    /// <summary>The value of an annotation; null when it has none.</summary>
    public string? Annotation(string name) => (string?)Json["metadata"]!["annotations"]?[name];

    /// <summary>As an answer has it.</summary>
    public T As<T>()
        where T : class, IKubernetesObject<V1ObjectMeta> => (T)(typed ??= KubernetesJson.Deserialize<T>(Json.ToJsonString()));
}
