using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>A window's state, with its name.</summary>
/// <param name="Name">The window's name.</param>
/// <param name="State">What it says; with the timing NodeLocal of all zones together.</param>
public sealed record NamedWindow(string Name, WindowState State)
{
    /// <summary>With the timing NodeLocal what it says in each zone; else null.</summary>
    public LocalWindow? Local { get; init; }

    /// <summary>What keeps one of these windows closed for a node, whatever its schedules say; null where nothing does.</summary>
    public static Blackout? BlackoutOf(IEnumerable<NamedWindow> windows, NodePlace place) =>
        windows.Select(window => window.For(place)?.Blackout).FirstOrDefault(blackout => blackout is not null);

    /// <summary>What it says for a node; null when the zone that the node goes by is not known.</summary>
    public WindowState? For(NodePlace place) => Local is null ? State : Local.For(place);

    /// <summary>When it opens next, with the timing NodeLocal in any zone; null when no opening is in sight.</summary>
    public DateTimeOffset? NextOpening => (Local?.Zones.Values ?? [State])
        .Where(state => state.Upcoming.Count > 0)
        .Min(state => (DateTimeOffset?)state.Upcoming[0].OpensAt);

    /// <summary>Whether a run belongs to an opening that lasts now.</summary>
    public bool IsOpeningOf(PatchRunSpec run) => run.WindowDay is { } day
        ? Local?.Lasting.Any(opening => opening.Day == day) == true
        : run.WindowOpenedAt is { } openedAt && State.Current?.OpensAt == openedAt;
}
