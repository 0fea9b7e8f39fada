#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>An API group as discovery describes it.</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public record V1APIGroup : IKubernetesObject
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "APIGroup";
    public const string KubeGroup = "";
    public const string KubePluralName = "";

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("name")]
    public required string Name { get; set; }

    [JsonPropertyName("preferredVersion")]
    public V1GroupVersionForDiscovery PreferredVersion { get; set; }

    [JsonPropertyName("versions")]
    public required IList<V1GroupVersionForDiscovery> Versions { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>One version of an API group.</summary>
public record V1GroupVersionForDiscovery
{
    [JsonPropertyName("groupVersion")]
    public required string GroupVersion { get; set; }

    [JsonPropertyName("version")]
    public required string Version { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}
