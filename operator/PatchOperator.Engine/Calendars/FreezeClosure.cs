using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>The times of a window with the effect Blackout. Of one whose spec cannot be read nobody knows them: then it is all time.</summary>
/// <param name="name">The window's name.</param>
/// <param name="calendar">Null when its spec is invalid.</param>
internal sealed class FreezeClosure(string name, WindowCalendar? calendar) : IClosure
{
    // The same is asked again and again, of each zone and each opening, and by several at the same time: each reads one whole.
    private volatile Known? known;

    public string Name { get; } = calendar is null ? $"blackout '{name}', whose spec is invalid," : $"blackout '{name}'";

    public Interval? Around(Instant instant) =>
        calendar is null ? new Interval(Instant.MinValue, Instant.MaxValue) : Next(instant) is { } time && time.Start <= instant ? time : null;

    public Interval? After(Instant instant) => calendar is null ? null : Next(instant) is { } time && time.Start > instant ? time : null;

    private Interval? Next(Instant instant)
    {
        if (known is { } last && instant >= last.From && (last.Time is not { } time || instant < time.End))
            return last.Time;
        var next = calendar!.Pieces(instant)
            .Where(piece => piece.End > instant)
            .Select(piece => (Interval?)new Interval(piece.Start, piece.End))
            .FirstOrDefault();
        known = new Known(instant, next);
        return next;
    }

    private sealed record Known(Instant From, Interval? Time);
}
