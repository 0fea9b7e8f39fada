#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;
using PatchOperator.Sdk.Json;

namespace k8s.Models;

/// <summary>A node of the cluster (core/v1).</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public record V1Node : IKubernetesObject<V1ObjectMeta>, ISpec<V1NodeSpec>
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "Node";
    public const string KubeGroup = "";
    public const string KubePluralName = "nodes";

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("spec")]
    public V1NodeSpec Spec { get; set; }

    [JsonPropertyName("status")]
    public V1NodeStatus Status { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>A list of nodes.</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public record V1NodeList : IKubernetesObject<V1ListMeta>, IItems<V1Node>
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "NodeList";
    public const string KubeGroup = "";
    public const string KubePluralName = "nodes";

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("items")]
    public required IList<V1Node> Items { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("metadata")]
    public V1ListMeta Metadata { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>What is wanted of a node; <c>unschedulable</c> is the cordon.</summary>
public record V1NodeSpec
{
    [JsonPropertyName("podCIDR")]
    public string PodCIDR { get; set; }

    [JsonPropertyName("providerID")]
    public string ProviderID { get; set; }

    [JsonPropertyName("taints")]
    public IList<V1Taint> Taints { get; set; }

    [JsonPropertyName("unschedulable")]
    public bool? Unschedulable { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>What the kubelet says of its node.</summary>
public record V1NodeStatus
{
    [JsonPropertyName("addresses")]
    public IList<V1NodeAddress> Addresses { get; set; }

    [JsonPropertyName("allocatable")]
    public IDictionary<string, ResourceQuantity> Allocatable { get; set; }

    [JsonPropertyName("capacity")]
    public IDictionary<string, ResourceQuantity> Capacity { get; set; }

    [JsonPropertyName("conditions")]
    public IList<V1NodeCondition> Conditions { get; set; }

    [JsonPropertyName("nodeInfo")]
    public V1NodeSystemInfo NodeInfo { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>One condition of a node, such as Ready.</summary>
public record V1NodeCondition
{
    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("lastHeartbeatTime")]
    public DateTime? LastHeartbeatTime { get; set; }

    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("lastTransitionTime")]
    public DateTime? LastTransitionTime { get; set; }

    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }

    [JsonPropertyName("status")]
    public required string Status { get; set; }

    [JsonPropertyName("type")]
    public required string Type { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>One address of a node.</summary>
public record V1NodeAddress
{
    [JsonPropertyName("address")]
    public required string Address { get; set; }

    [JsonPropertyName("type")]
    public required string Type { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>Identity and versions of the machine; <c>bootID</c> changes with every boot.</summary>
public record V1NodeSystemInfo
{
    [JsonPropertyName("architecture")]
    public required string Architecture { get; set; }

    [JsonPropertyName("bootID")]
    public required string BootID { get; set; }

    [JsonPropertyName("containerRuntimeVersion")]
    public required string ContainerRuntimeVersion { get; set; }

    [JsonPropertyName("kernelVersion")]
    public required string KernelVersion { get; set; }

    [JsonPropertyName("kubeProxyVersion")]
    public required string KubeProxyVersion { get; set; }

    [JsonPropertyName("kubeletVersion")]
    public required string KubeletVersion { get; set; }

    [JsonPropertyName("machineID")]
    public required string MachineID { get; set; }

    [JsonPropertyName("operatingSystem")]
    public required string OperatingSystem { get; set; }

    [JsonPropertyName("osImage")]
    public required string OsImage { get; set; }

    [JsonPropertyName("systemUUID")]
    public required string SystemUUID { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>A taint: pods without a matching toleration are kept off the node.</summary>
public record V1Taint
{
    [JsonPropertyName("effect")]
    public required string Effect { get; set; }

    [JsonPropertyName("key")]
    public required string Key { get; set; }

    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("timeAdded")]
    public DateTime? TimeAdded { get; set; }

    [JsonPropertyName("value")]
    public string Value { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}
