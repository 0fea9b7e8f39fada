#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>A volume of a pod.</summary>
public record V1Volume
{
    [JsonPropertyName("configMap")]
    public V1ConfigMapVolumeSource ConfigMap { get; set; }

    [JsonPropertyName("emptyDir")]
    public V1EmptyDirVolumeSource EmptyDir { get; set; }

    [JsonPropertyName("hostPath")]
    public V1HostPathVolumeSource HostPath { get; set; }

    [JsonPropertyName("name")]
    public required string Name { get; set; }

    [JsonPropertyName("persistentVolumeClaim")]
    public V1PersistentVolumeClaimVolumeSource PersistentVolumeClaim { get; set; }

    [JsonPropertyName("secret")]
    public V1SecretVolumeSource Secret { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>Where a container sees a volume.</summary>
public record V1VolumeMount
{
    [JsonPropertyName("mountPath")]
    public required string MountPath { get; set; }

    [JsonPropertyName("mountPropagation")]
    public string MountPropagation { get; set; }

    [JsonPropertyName("name")]
    public required string Name { get; set; }

    [JsonPropertyName("readOnly")]
    public bool? ReadOnlyProperty { get; set; }

    [JsonPropertyName("recursiveReadOnly")]
    public string RecursiveReadOnly { get; set; }

    [JsonPropertyName("subPath")]
    public string SubPath { get; set; }

    [JsonPropertyName("subPathExpr")]
    public string SubPathExpr { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>A path of the node itself.</summary>
public record V1HostPathVolumeSource
{
    [JsonPropertyName("path")]
    public required string Path { get; set; }

    [JsonPropertyName("type")]
    public string Type { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>Scratch space that lives as long as the pod.</summary>
public record V1EmptyDirVolumeSource
{
    [JsonPropertyName("medium")]
    public string Medium { get; set; }

    [JsonPropertyName("sizeLimit")]
    public ResourceQuantity SizeLimit { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>A ConfigMap as files.</summary>
public record V1ConfigMapVolumeSource
{
    [JsonPropertyName("defaultMode")]
    public int? DefaultMode { get; set; }

    [JsonPropertyName("items")]
    public IList<V1KeyToPath> Items { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("optional")]
    public bool? Optional { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>A Secret as files.</summary>
public record V1SecretVolumeSource
{
    [JsonPropertyName("defaultMode")]
    public int? DefaultMode { get; set; }

    [JsonPropertyName("items")]
    public IList<V1KeyToPath> Items { get; set; }

    [JsonPropertyName("optional")]
    public bool? Optional { get; set; }

    [JsonPropertyName("secretName")]
    public string SecretName { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>One key, and the file it becomes.</summary>
public record V1KeyToPath
{
    [JsonPropertyName("key")]
    public required string Key { get; set; }

    [JsonPropertyName("mode")]
    public int? Mode { get; set; }

    [JsonPropertyName("path")]
    public required string Path { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>A claimed persistent volume.</summary>
public record V1PersistentVolumeClaimVolumeSource
{
    [JsonPropertyName("claimName")]
    public required string ClaimName { get; set; }

    [JsonPropertyName("readOnly")]
    public bool? ReadOnlyProperty { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}
