#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;
using PatchOperator.Sdk.Json;

namespace k8s.Models;

/// <summary>One observed condition of an object.</summary>
public record V1Condition
{
    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("lastTransitionTime")]
    public required DateTime LastTransitionTime { get; set; }

    [JsonPropertyName("message")]
    public required string Message { get; set; }

    [JsonPropertyName("observedGeneration")]
    public long? ObservedGeneration { get; set; }

    [JsonPropertyName("reason")]
    public required string Reason { get; set; }

    [JsonPropertyName("status")]
    public required string Status { get; set; }

    [JsonPropertyName("type")]
    public required string Type { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}
