using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Windows;

/// <summary>What a window says at an instant, in each zone that nodes go by and in all together.</summary>
internal sealed class WindowZones
{
    private readonly WindowCalendar? calendar;
    private readonly IReadOnlyDictionary<string, int> nodes;
    private readonly LocalWindow? local;

    /// <param name="calendar">The window's; null when its spec is invalid.</param>
    /// <param name="nodes">How many nodes go by each zone.</param>
    /// <param name="now">In UTC.</param>
    public WindowZones(WindowCalendar? calendar, IReadOnlyDictionary<string, int> nodes, DateTimeOffset now)
    {
        (this.calendar, this.nodes) = (calendar, nodes);
        local = calendar?.IsNodeLocal == true ? new LocalWindow(calendar, [.. nodes.Keys], now, WindowState.MaxUpcoming) : null;
        State = local?.State ?? calendar?.At(now);
    }

    /// <summary>Of all zones together; null when the spec is invalid.</summary>
    public WindowState? State { get; }

    /// <summary>In how many zones it is open now, as in <c>2 of 5 zones</c>; null where all nodes go by one clock.</summary>
    public string? OpenIn => local is null ? null : $"{local.Zones.Values.Count(state => state.IsOpen)} of {local.Zones.Count} zones";

    /// <summary>Whether it is open anywhere.</summary>
    public bool IsOpen => local?.Zones.Values.Any(state => state.IsOpen) ?? State?.IsOpen == true;

    /// <summary>Why an opening is not as the schedules have it.</summary>
    public string? Note(Opening opening) => local is null ? calendar!.Note(opening) : local.Note(opening);

    /// <summary>As it is written.</summary>
    public List<WindowZone> Status()
    {
        if (calendar is null)
            return [];
        var all = local is null
            ? [Zone(calendar.TimeZone, State!, nodes.Values.Sum())]
            : local.Zones.Select(zone => Zone(zone.Key, zone.Value, nodes.GetValueOrDefault(zone.Key)));
        return
        [
            .. all.OrderByDescending(zone => zone.Nodes).ThenBy(zone => zone.TimeZone, StringComparer.Ordinal).Take(Limits.WindowZones)
                .OrderBy(zone => zone.OpensAt ?? DateTimeOffset.MaxValue).ThenBy(zone => zone.TimeZone, StringComparer.Ordinal),
        ];
    }

    private static WindowZone Zone(string name, WindowState state, int nodes)
    {
        Opening? opening = state.All.Any() ? state.All.First() : null;
        return new WindowZone { TimeZone = name, Nodes = nodes, Open = state.IsOpen, OpensAt = opening?.OpensAt, ClosesAt = opening?.ClosesAt };
    }
}
