#nullable disable // as the package: no annotations

using System.Text.Json.Serialization;

namespace k8s;

/// <summary>The part common to all objects; custom kinds derive from it.</summary>
public class KubernetesObject : IKubernetesObject
{
    /// <inheritdoc/>
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    /// <inheritdoc/>
    [JsonPropertyName("kind")]
    public string Kind { get; set; }
}
