using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.World;

/// <summary>What the engine needs to know of a Node: a slim record, never the object with its image list.</summary>
public sealed record NodeFacts
{
    /// <summary>The key of the taint that the cluster autoscaler sets on a node that it is about to remove.</summary>
    public const string LeavingTaint = "ToBeDeletedByClusterAutoscaler";

    public required string Name { get; init; }

    public required string Uid { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public bool Unschedulable { get; init; }

    /// <summary>Whether a taint keeps ordinary pods away.</summary>
    public bool Tainted { get; init; }

    /// <summary>
    /// Whether it is about to be removed, as the cluster autoscaler says by its taint <see cref="LeavingTaint"/>: it is left alone.
    /// </summary>
    public bool Leaving { get; init; }

    /// <summary>The run that cordoned it, from the annotation; null when we did not.</summary>
    public string? CordonedBy { get; init; }

    /// <summary>The run whose turn comes next on it, from our taint; null when it has none.</summary>
    public string? AnnouncedBy { get; init; }

    /// <summary>
    /// By whom it is tainted as not known to be patched: the policy in whose name the operator did it, or empty where somebody else did, as the kubelet that
    /// has registered it; null when it is not.
    /// </summary>
    public string? QuarantinedBy { get; init; }

    /// <summary>When the Node was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public bool Ready { get; init; }

    /// <summary>Since when it has been Ready, or not Ready.</summary>
    public DateTimeOffset? ReadySince { get; init; }

    public string BootId { get; init; } = "";

    public string? OsImage { get; init; }

    public string? KernelVersion { get; init; }

    /// <summary>Whether the cluster's control plane runs on it, by the label of its role.</summary>
    public bool IsControlPlane => Labels.ContainsKey("node-role.kubernetes.io/control-plane") || Labels.ContainsKey("node-role.kubernetes.io/master");

    /// <summary>
    /// Why it has nothing that could be patched, in words; null when it has. By its labels, which the kubelet or the cluster's provider sets.
    /// </summary>
    public string? ExemptBecause =>
        Labels.GetValueOrDefault("kubernetes.io/os") == "windows" ? "it runs Windows, whose updates the operator knows nothing of"
        : Labels.GetValueOrDefault("type") == "virtual-kubelet" ? "it is a virtual kubelet's, without an operating system of its own"
        : Labels.GetValueOrDefault("eks.amazonaws.com/compute-type") == "fargate" ? "it is one of Fargate's, which its provider patches"
        : null;

    /// <summary>What of it says which time zone it goes by.</summary>
    public NodePlace Place => new(
        Annotations.GetValueOrDefault(ApiGroup.TimeZoneAnnotation),
        Labels.GetValueOrDefault("topology.kubernetes.io/zone"),
        Labels.GetValueOrDefault("topology.kubernetes.io/region"));

    /// <summary>Its value of a label, such as its zone; empty where it has none, or no label is asked for.</summary>
    public string DomainOf(string? topologyKey) => topologyKey is null ? "" : Labels.GetValueOrDefault(topologyKey) ?? "";

    /// <summary>Whether pods can be scheduled to it and run.</summary>
    public bool Available => Ready && !Unschedulable;
}
