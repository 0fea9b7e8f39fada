#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>A secret (core/v1).</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public record V1Secret : IKubernetesObject<V1ObjectMeta>
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "Secret";
    public const string KubeGroup = "";
    public const string KubePluralName = "secrets";

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("data")]
    public IDictionary<string, byte[]> Data { get; set; }

    [JsonPropertyName("immutable")]
    public bool? Immutable { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("stringData")]
    public IDictionary<string, string> StringData { get; set; }

    [JsonPropertyName("type")]
    public string Type { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}
