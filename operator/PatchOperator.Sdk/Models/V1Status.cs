#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The body of an error, or of a plain success, as the API server answers it.</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public partial record V1Status : IKubernetesObject<V1ListMeta>
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "Status";
    public const string KubeGroup = "";
    public const string KubePluralName = "";

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("code")]
    public int? Code { get; set; }

    [JsonPropertyName("details")]
    public V1StatusDetails Details { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("metadata")]
    public V1ListMeta Metadata { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }

    [JsonPropertyName("status")]
    public string Status { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>What a <see cref="V1Status"/> is about, and when to try again.</summary>
public record V1StatusDetails
{
    [JsonPropertyName("causes")]
    public IList<V1StatusCause> Causes { get; set; }

    [JsonPropertyName("group")]
    public string Group { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("retryAfterSeconds")]
    public int? RetryAfterSeconds { get; set; }

    [JsonPropertyName("uid")]
    public string Uid { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>One cause of a failure, with the field it concerns.</summary>
public record V1StatusCause
{
    [JsonPropertyName("field")]
    public string Field { get; set; }

    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}
