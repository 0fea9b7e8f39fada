using System.Text.Json.Serialization;
using k8s.Models;

namespace PatchOperator.Api;

/// <summary>How pods are moved off a node before it is touched. What is newer than a plan that is under way is not written where it is as it was.</summary>
public sealed record DrainSettings
{
    public DrainMode Mode { get; init; } = DrainMode.WhenRebooting;

    /// <summary>How long evictions may take before <see cref="OnTimeout"/> says what becomes of the node.</summary>
    public string Timeout { get; init; } = "30m";

    /// <summary>What becomes of a node whose pods have not left in time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DrainTimeoutAction OnTimeout { get; init; }

    /// <summary>How long a pod is given to end, in seconds; absent: as long as the pod itself says.</summary>
    public int? GracePeriodSeconds { get; init; }

    /// <summary>Pods, by their labels, that are left alone; absent: none.</summary>
    public V1LabelSelector? IgnorePodSelector { get; init; }

    /// <summary>What becomes of a pod that no controller makes anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public UnmanagedPods UnmanagedPods { get; init; }

    /// <summary>What becomes of a pod whose emptyDir is lost with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public EmptyDirPods EmptyDir { get; init; }
}
