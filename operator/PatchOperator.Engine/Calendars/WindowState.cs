namespace PatchOperator.Engine.Calendars;

/// <summary>What a window says at one instant. All times are in UTC.</summary>
/// <param name="IsOpen">Whether an opening lasts at that instant.</param>
/// <param name="Current">
/// The opening that lasts; null while the window is closed. <see cref="WindowCalendar.At"/> says what it is for very long ones.
/// </param>
/// <param name="AcceptsNodes">Whether a node may be started: the window is open and its cutoff has not been reached.</param>
/// <param name="LastStart">
/// The end of the time in which nodes may be started in <paramref name="Current"/>: its end less the cutoff. No node is started at that
/// instant or after it; it may lie before the start. Null while the window is closed.
/// </param>
/// <param name="Upcoming">The openings after <paramref name="Current"/>, at most <see cref="MaxUpcoming"/>, earliest first.</param>
/// <param name="NextChange">
/// The next instant at which <paramref name="IsOpen"/> or <paramref name="AcceptsNodes"/> changes; null when there is none. Where the change is too far
/// off to be seen, as while an opening lasts that was cut (see <see cref="WindowCalendar.At"/>), it is an instant before that, at which to look again.
/// </param>
public sealed record WindowState(
    bool IsOpen,
    Opening? Current,
    bool AcceptsNodes,
    DateTimeOffset? LastStart,
    IReadOnlyList<Opening> Upcoming,
    DateTimeOffset? NextChange)
{
    /// <summary>The closed time around the instant, whatever the schedules say; null where there is none.</summary>
    public Blackout? Blackout { get; init; }

    /// <summary>The local date on which the opening that lasts has begun, such as <c>2026-11-20</c>; null while the window is closed.</summary>
    public string? Day { get; init; }

    /// <summary>The opening that lasts, if one does, and those that follow.</summary>
    internal IEnumerable<Opening> All => Current is { } current ? Upcoming.Prepend(current) : Upcoming;

    /// <summary>How many openings are foreseen at most.</summary>
    public const int MaxUpcoming = 5;

    /// <summary>A window that is closed, and of which no opening is in sight.</summary>
    public static WindowState NeverOpen { get; } = new(IsOpen: false, Current: null, AcceptsNodes: false, LastStart: null, Upcoming: [], NextChange: null);
}
