using NodaTime;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>Reads which time zones the nodes of a window go by.</summary>
internal sealed class ZoneMapReader(SpecErrorList errors)
{
    private const string Field = "spec.zoneMap";

    private readonly Dictionary<string, DateTimeZone> zones = [];
    private readonly Dictionary<string, DateTimeZone> regions = [];

    /// <summary>The zones; what is wrong is in the list.</summary>
    /// <param name="places">The entries.</param>
    /// <param name="otherwise">The window's own zone.</param>
    public NodeZones Read(IReadOnlyList<WindowPlace?> places, DateTimeZone otherwise)
    {
        if (places.Count > Limits.WindowPlaces)
            errors.Add(Field, $"must have at most {Limits.WindowPlaces} entries, but has {places.Count}");
        for (var index = 0; index < Math.Min(places.Count, Limits.WindowPlaces); index++)
            Read(places[index] ?? new WindowPlace(), $"{Field}[{index}]");
        return new NodeZones(zones, regions, otherwise);
    }

    private void Read(WindowPlace place, string field)
    {
        if (!TimeZones.TryGet(place.TimeZone, out var zone, out var problem))
            errors.Add($"{field}.timeZone", problem);
        var (map, name) = place switch
        {
            { TopologyZone: { Length: > 0 } there, TopologyRegion: null } => (zones, there),
            { TopologyZone: null, TopologyRegion: { Length: > 0 } around } => (regions, around),
            _ => (null, ""),
        };
        if (map is null)
            errors.Add(field, "must have exactly one of topologyZone and topologyRegion");
        else if (!map.TryAdd(name, zone ?? DateTimeZone.Utc))
            errors.Add(field, $"names \"{name}\" once more");
    }
}
