using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PatchOperator.EndToEnd.Tests.Objects;

/// <summary>Kubernetes objects as JSON, read by path.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write(object value) => JsonSerializer.Serialize(value, Options);

    /// <summary>The value at a path of dots; null when any part of it is absent.</summary>
    public static JsonNode? At(this JsonNode? node, string path) => path.Split('.').Aggregate(node, (current, name) => current?[name]);

    /// <summary>The value as text, empty when it is absent.</summary>
    public static string Text(this JsonNode? node, string path) => node.At(path)?.ToString() ?? "";

    /// <summary>The value as a number, 0 when it is absent.</summary>
    public static int Number(this JsonNode? node, string path) => node.At(path)?.GetValue<int>() ?? 0;

    public static IReadOnlyList<JsonNode> Items(this JsonNode? node, string path) => [.. node.At(path)?.AsArray().Select(item => item!) ?? []];

    public static string Name(this JsonNode node) => node.Text("metadata.name");

    public static string Version(this JsonNode node) => node.Text("metadata.resourceVersion");

    public static JsonNode? Condition(this JsonNode node, string type) =>
        node.Items("status.conditions").FirstOrDefault(condition => condition.Text("type") == type);

    public static bool Is(this JsonNode node, string condition) => node.Condition(condition).Text("status") == "True";

    public static bool IsReady(this JsonNode node) => node.Is("Ready");

    public static bool IsCordoned(this JsonNode node) => node.Text("spec.unschedulable") == "true";

    public static string BootId(this JsonNode node) => node.Text("status.nodeInfo.bootID");

    public static bool IsUnavailable(this JsonNode node) => node.IsCordoned() || !node.IsReady();

    /// <summary>Annotations and taints that the operator has left on a Node.</summary>
    public static IEnumerable<string> Marks(this JsonNode node) =>
        (node.At("metadata.annotations")?.AsObject().Select(annotation => annotation.Key) ?? [])
        .Concat(node.Items("spec.taints").Select(taint => taint.Text("key")))
        .Where(key => key.StartsWith("patchoperator.io/", StringComparison.Ordinal));
}
