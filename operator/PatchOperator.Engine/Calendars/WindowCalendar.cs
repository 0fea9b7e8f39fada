using NodaTime;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// When a window is open. An opening belongs to the day it starts and lasts its duration as elapsed time, whatever the clocks do in it.
/// It opens at local times of the window's zone: one that a clock change skips opens at the instant of the change, one that comes twice
/// opens at the first only. Openings that overlap or touch are one, and the cutoff applies to the end of that one.
/// </summary>
public sealed class WindowCalendar
{
    private readonly MergedOpenings merged;
    private readonly Duration cutoff;

    internal WindowCalendar(ZonedStarts starts, TimeSpan duration, TimeSpan cutoff)
    {
        merged = new MergedOpenings(starts, Duration.FromTimeSpan(duration));
        this.cutoff = Duration.FromTimeSpan(cutoff);
    }

    /// <summary>The calendar of a window; null when anything is wrong with its spec, and then there is no window.</summary>
    /// <param name="spec">The spec, as a user wrote it.</param>
    /// <param name="errors">All that is wrong, in the order of the fields; empty when there is a calendar.</param>
    public static WindowCalendar? TryCreate(PatchWindowSpec spec, out IReadOnlyList<SpecError> errors)
    {
        var reader = new WindowSpecReader();
        var calendar = reader.Read(spec);
        errors = reader.Errors;
        return calendar;
    }

    /// <summary>
    /// What the window says at an instant. The ends of an opening are looked for 14 days, or twice the duration if that is longer, to
    /// either side. Where openings have merged into one that reaches further, it is cut at a Monday 00:00 UTC: on the near side at the
    /// last one, so that a window that is always open gets a new opening every week; on the far side at one that is at least a duration
    /// away and not after the true end. Nothing is foreseen after an opening cut on the far side.
    /// </summary>
    public WindowState At(DateTimeOffset now)
    {
        var instant = Instant.FromDateTimeOffset(now);
        return merged.Around(instant) is { } current ? Open(current, instant) : Closed(instant);
    }

    private WindowState Open(MergedOpening current, Instant now)
    {
        var lastStart = current.End - cutoff;
        var accepts = now < lastStart;
        return new WindowState(
            IsOpen: true,
            Current: current.ToOpening(),
            AcceptsNodes: accepts,
            LastStart: lastStart.ToDateTimeOffset(),
            Upcoming: current.IsCut ? [] : Upcoming(current.End),
            NextChange: (accepts ? lastStart : current.End).ToDateTimeOffset());
    }

    private WindowState Closed(Instant now)
    {
        var upcoming = Upcoming(now);
        return new WindowState(
            IsOpen: false,
            Current: null,
            AcceptsNodes: false,
            LastStart: null,
            Upcoming: upcoming,
            NextChange: upcoming.Count > 0 ? upcoming[0].OpensAt : null);
    }

    private List<Opening> Upcoming(Instant after)
    {
        var openings = new List<Opening>(WindowState.MaxUpcoming);
        while (openings.Count < WindowState.MaxUpcoming && merged.After(after) is { } next)
        {
            openings.Add(next.ToOpening());
            if (next.IsCut)
                break;
            after = next.End;
        }
        return openings;
    }
}
