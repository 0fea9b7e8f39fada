namespace PatchOperator.Api;

/// <summary>The time zone of the nodes of one place: of a topology zone, or of a region.</summary>
public sealed record WindowPlace
{
    /// <summary>The value of the node's label <c>topology.kubernetes.io/zone</c>; null where the region is meant.</summary>
    public string? TopologyZone { get; init; }

    /// <summary>The value of the node's label <c>topology.kubernetes.io/region</c>; null where the zone is meant.</summary>
    public string? TopologyRegion { get; init; }

    /// <summary>IANA name of the time zone there.</summary>
    public string TimeZone { get; init; } = "";
}
