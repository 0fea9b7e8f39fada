#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;
using PatchOperator.Sdk.Json;

namespace k8s.Models;

/// <summary>How many pods of a set may be down at once (policy/v1).</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public record V1PodDisruptionBudget : IKubernetesObject<V1ObjectMeta>, ISpec<V1PodDisruptionBudgetSpec>
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "PodDisruptionBudget";
    public const string KubeGroup = "policy";
    public const string KubePluralName = "poddisruptionbudgets";

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("spec")]
    public V1PodDisruptionBudgetSpec Spec { get; set; }

    [JsonPropertyName("status")]
    public V1PodDisruptionBudgetStatus Status { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>A list of disruption budgets.</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public record V1PodDisruptionBudgetList : IKubernetesObject<V1ListMeta>, IItems<V1PodDisruptionBudget>
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "PodDisruptionBudgetList";
    public const string KubeGroup = "policy";
    public const string KubePluralName = "poddisruptionbudgets";

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("items")]
    public required IList<V1PodDisruptionBudget> Items { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("metadata")]
    public V1ListMeta Metadata { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>The set of pods, and what must stay up.</summary>
public record V1PodDisruptionBudgetSpec
{
    [JsonPropertyName("maxUnavailable")]
    public IntOrString MaxUnavailable { get; set; }

    [JsonPropertyName("minAvailable")]
    public IntOrString MinAvailable { get; set; }

    [JsonPropertyName("selector")]
    public V1LabelSelector Selector { get; set; }

    [JsonPropertyName("unhealthyPodEvictionPolicy")]
    public string UnhealthyPodEvictionPolicy { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}

/// <summary>How many disruptions are allowed right now.</summary>
public record V1PodDisruptionBudgetStatus
{
    [JsonPropertyName("conditions")]
    public IList<V1Condition> Conditions { get; set; }

    [JsonPropertyName("currentHealthy")]
    public required int CurrentHealthy { get; set; }

    [JsonPropertyName("desiredHealthy")]
    public required int DesiredHealthy { get; set; }

    [JsonConverter(typeof(TimeConverter))]
    [JsonPropertyName("disruptedPods")]
    public IDictionary<string, DateTime?> DisruptedPods { get; set; }

    [JsonPropertyName("disruptionsAllowed")]
    public required int DisruptionsAllowed { get; set; }

    [JsonPropertyName("expectedPods")]
    public required int ExpectedPods { get; set; }

    [JsonPropertyName("observedGeneration")]
    public long? ObservedGeneration { get; set; }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement> UnknownFields { get; set; }
}
