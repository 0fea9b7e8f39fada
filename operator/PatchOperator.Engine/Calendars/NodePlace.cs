namespace PatchOperator.Engine.Calendars;

/// <summary>What of a node says which time zone it goes by.</summary>
/// <param name="TimeZone">The zone that it names itself; null when it names none.</param>
/// <param name="TopologyZone">Its label <c>topology.kubernetes.io/zone</c>; null when it has none.</param>
/// <param name="TopologyRegion">Its label <c>topology.kubernetes.io/region</c>; null when it has none.</param>
public readonly record struct NodePlace(string? TimeZone, string? TopologyZone, string? TopologyRegion);
