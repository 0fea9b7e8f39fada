#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;
using PatchOperator.Sdk.Json;

namespace k8s.Models;

/// <summary>An event (core/v1): something worth telling a person happened to an object.</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public record Corev1Event : IKubernetesObject<V1ObjectMeta>
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "Event";
    public const string KubeGroup = "";
    public const string KubePluralName = "events";

    [JsonPropertyName("action")]
    public string Action { get; set; }

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("count")]
    public int? Count { get; set; }

    [JsonConverter(typeof(MicroTimeConverter))]
    [JsonPropertyName("eventTime")]
    public DateTime? EventTime { get; set; }

    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("firstTimestamp")]
    public DateTime? FirstTimestamp { get; set; }

    [JsonPropertyName("involvedObject")]
    public required V1ObjectReference InvolvedObject { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("lastTimestamp")]
    public DateTime? LastTimestamp { get; set; }

    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("metadata")]
    public required V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }

    [JsonPropertyName("related")]
    public V1ObjectReference Related { get; set; }

    [JsonPropertyName("reportingComponent")]
    public string ReportingComponent { get; set; }

    [JsonPropertyName("reportingInstance")]
    public string ReportingInstance { get; set; }

    [JsonPropertyName("series")]
    public Corev1EventSeries Series { get; set; }

    [JsonPropertyName("source")]
    public V1EventSource Source { get; set; }

    [JsonPropertyName("type")]
    public string Type { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>A list of events.</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public record Corev1EventList : IKubernetesObject<V1ListMeta>, IItems<Corev1Event>
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "EventList";
    public const string KubeGroup = "";
    public const string KubePluralName = "events";

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("items")]
    public required IList<Corev1Event> Items { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("metadata")]
    public V1ListMeta Metadata { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>How often an event was repeated, and when last.</summary>
public record Corev1EventSeries
{
    [JsonPropertyName("count")]
    public int? Count { get; set; }

    [JsonConverter(typeof(MicroTimeConverter))]
    [JsonPropertyName("lastObservedTime")]
    public DateTime? LastObservedTime { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>Who reports an event.</summary>
public record V1EventSource
{
    [JsonPropertyName("component")]
    public string Component { get; set; }

    [JsonPropertyName("host")]
    public string Host { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>Names an object, or a part of one.</summary>
public record V1ObjectReference
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("fieldPath")]
    public string FieldPath { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("namespace")]
    public string NamespaceProperty { get; set; }

    [JsonPropertyName("resourceVersion")]
    public string ResourceVersion { get; set; }

    [JsonPropertyName("uid")]
    public string Uid { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}
