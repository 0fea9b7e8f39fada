#nullable disable // as the package: no annotations

using System.Text.Json.Serialization;
using k8s.Models;

namespace k8s;

/// <summary>An object that says which API version and kind it is.</summary>
public interface IKubernetesObject
{
    /// <summary>Group and version, or the version alone for the core group.</summary>
    [JsonPropertyName("apiVersion")]
    string ApiVersion { get; set; }

    /// <summary>The kind.</summary>
    [JsonPropertyName("kind")]
    string Kind { get; set; }
}

/// <summary>An object with metadata: <see cref="V1ObjectMeta"/>, or <see cref="V1ListMeta"/> for a list.</summary>
public interface IKubernetesObject<TMetadata> : IKubernetesObject, IMetadata<TMetadata>
{
}
