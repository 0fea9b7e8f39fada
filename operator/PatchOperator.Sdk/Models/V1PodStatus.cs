#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;
using PatchOperator.Sdk.Json;

namespace k8s.Models;

/// <summary>How a pod fares.</summary>
public record V1PodStatus
{
    [JsonPropertyName("conditions")]
    public IList<V1PodCondition> Conditions { get; set; }

    [JsonPropertyName("containerStatuses")]
    public IList<V1ContainerStatus> ContainerStatuses { get; set; }

    [JsonPropertyName("hostIP")]
    public string HostIP { get; set; }

    [JsonPropertyName("initContainerStatuses")]
    public IList<V1ContainerStatus> InitContainerStatuses { get; set; }

    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("phase")]
    public string Phase { get; set; }

    [JsonPropertyName("podIP")]
    public string PodIP { get; set; }

    [JsonPropertyName("qosClass")]
    public string QosClass { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }

    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("startTime")]
    public DateTime? StartTime { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>One condition of a pod, such as Ready or DisruptionTarget.</summary>
public record V1PodCondition
{
    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("lastProbeTime")]
    public DateTime? LastProbeTime { get; set; }

    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("lastTransitionTime")]
    public DateTime? LastTransitionTime { get; set; }

    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("observedGeneration")]
    public long? ObservedGeneration { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }

    [JsonPropertyName("status")]
    public required string Status { get; set; }

    [JsonPropertyName("type")]
    public required string Type { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>How one container fares.</summary>
public record V1ContainerStatus
{
    [JsonPropertyName("containerID")]
    public string ContainerID { get; set; }

    [JsonPropertyName("image")]
    public required string Image { get; set; }

    [JsonPropertyName("imageID")]
    public required string ImageID { get; set; }

    [JsonPropertyName("lastState")]
    public V1ContainerState LastState { get; set; }

    [JsonPropertyName("name")]
    public required string Name { get; set; }

    [JsonPropertyName("ready")]
    public required bool Ready { get; set; }

    [JsonPropertyName("restartCount")]
    public required int RestartCount { get; set; }

    [JsonPropertyName("started")]
    public bool? Started { get; set; }

    [JsonPropertyName("state")]
    public V1ContainerState State { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>Waiting, running or terminated: one of the three is set.</summary>
public record V1ContainerState
{
    [JsonPropertyName("running")]
    public V1ContainerStateRunning Running { get; set; }

    [JsonPropertyName("terminated")]
    public V1ContainerStateTerminated Terminated { get; set; }

    [JsonPropertyName("waiting")]
    public V1ContainerStateWaiting Waiting { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>Since when a container runs.</summary>
public record V1ContainerStateRunning
{
    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("startedAt")]
    public DateTime? StartedAt { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>How a container ended.</summary>
public record V1ContainerStateTerminated
{
    [JsonPropertyName("containerID")]
    public string ContainerID { get; set; }

    [JsonPropertyName("exitCode")]
    public required int ExitCode { get; set; }

    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("finishedAt")]
    public DateTime? FinishedAt { get; set; }

    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }

    [JsonPropertyName("signal")]
    public int? Signal { get; set; }

    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("startedAt")]
    public DateTime? StartedAt { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>Why a container does not run yet.</summary>
public record V1ContainerStateWaiting
{
    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}
