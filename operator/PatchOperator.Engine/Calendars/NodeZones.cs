using System.Collections.Concurrent;
using NodaTime;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>Which time zone each node goes by: the one that it names itself, or that of its zone, of its region, or the window's.</summary>
/// <param name="zones">By the label <c>topology.kubernetes.io/zone</c>.</param>
/// <param name="regions">By the label <c>topology.kubernetes.io/region</c>.</param>
/// <param name="otherwise">The window's.</param>
internal sealed class NodeZones(IReadOnlyDictionary<string, DateTimeZone> zones, IReadOnlyDictionary<string, DateTimeZone> regions, DateTimeZone otherwise)
{
    // There are few places, and many nodes in each.
    private readonly ConcurrentDictionary<NodePlace, NodeZone> known = new();

    public NodeZone Of(NodePlace place) => known.GetOrAdd(place, Find);

    private NodeZone Find(NodePlace place)
    {
        if (place.TimeZone is { } name)
            return TimeZones.TryGet(name, out var zone, out var problem)
                ? new NodeZone(zone.Id, null)
                : new NodeZone(null, Text.Fit($"annotation {ApiGroup.TimeZoneAnnotation}: {problem}"));
        return new NodeZone(
            place.TopologyZone is { } there && zones.TryGetValue(there, out var ofZone) ? ofZone.Id
                : place.TopologyRegion is { } around && regions.TryGetValue(around, out var ofRegion) ? ofRegion.Id
                : otherwise.Id,
            null);
    }
}
