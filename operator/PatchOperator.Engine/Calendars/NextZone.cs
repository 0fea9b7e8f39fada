namespace PatchOperator.Engine.Calendars;

/// <summary>Which zone opens next for nodes that wait.</summary>
internal static class NextZone
{
    /// <summary>In words, as in <c>Asia/Tokyo opens next, at 2026-11-21 14:00 UTC, for 200 of them</c>; null where no window goes by zones.</summary>
    public static string? Of(IEnumerable<NamedWindow> windows, IEnumerable<NodePlace> waiting)
    {
        var local = windows.Select(window => window.Local).OfType<LocalWindow>().ToList();
        if (local.Count == 0)
            return null;
        var next = waiting.CountBy(place => place)
            .SelectMany(place => local.Select(window => (Zone: window.ZoneOf(place.Key).Name, Nodes: place.Value, At: Next(window.For(place.Key)))))
            .Where(zone => zone.At is not null)
            .GroupBy(zone => (zone.At, zone.Zone))
            .OrderBy(zone => zone.Key.At).ThenBy(zone => zone.Key.Zone, StringComparer.Ordinal)
            .FirstOrDefault();
        return next is null
            ? "none of their zones opens again, as far as can be seen"
            : $"{next.Key.Zone} opens next, at {next.Key.At!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC, for {next.Sum(zone => zone.Nodes)} of them";
    }

    private static DateTimeOffset? Next(WindowState? state) => state?.Upcoming.Count > 0 ? state.Upcoming[0].OpensAt : null;
}
