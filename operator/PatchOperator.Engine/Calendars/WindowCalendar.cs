using System.Collections.Concurrent;
using NodaTime;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// When a window is open. An opening belongs to the day it starts and lasts its duration as elapsed time, whatever the clocks do in it. It opens at
/// local times of the window's zone; what a clock change does to these is as the spec chooses. Openings that overlap or touch are one; what keeps the
/// window closed then cuts them, and the cutoff applies to the end of what is left.
/// </summary>
public sealed class WindowCalendar
{
    // Closed times that follow each other without an opening in between. What is further off is looked for when they are over.
    private const int MaxLooks = 100;

    // Nothing can be reckoned over its end.
    private static readonly Instant LastYear = Instant.FromUtc(9999, 1, 1, 0, 0);

    private readonly WindowTerms terms;
    private readonly IReadOnlyList<IClosure> freezes;
    private readonly ZonedStarts starts;
    private readonly MergedOpenings merged;
    private readonly Closures closures;
    private readonly ConcurrentDictionary<string, WindowCalendar> zones = new();

    internal WindowCalendar(WindowTerms terms, IReadOnlyList<IClosure>? freezes = null)
    {
        (this.terms, this.freezes) = (terms, freezes ?? []);
        starts = new ZonedStarts(terms.Schedules, terms.Zone, terms.SkippedStart, terms.RepeatedStart);
        merged = new MergedOpenings(starts, terms.Duration);
        closures = new Closures([.. terms.Closures.Select(closure => closure(terms.Zone)), .. this.freezes]);
    }

    /// <summary>The zone whose clocks it follows, by its canonical name.</summary>
    public string TimeZone => terms.Zone.Id;

    /// <summary>What its openings are for.</summary>
    public WindowEffect Effect => terms.Effect;

    /// <summary>Whether each node goes by a zone of its own.</summary>
    public bool IsNodeLocal => terms.NodeZones is not null;

    /// <summary>Whether the window stays closed until the spec says otherwise.</summary>
    public bool Suspended => terms.Suspended;

    /// <summary>The calendar of a window; null when anything is wrong with its spec, and then there is no window.</summary>
    /// <param name="spec">The spec, as a user wrote it.</param>
    /// <param name="errors">All that is wrong, in the order of the fields; empty when there is a calendar.</param>
    public static WindowCalendar? TryCreate(PatchWindowSpec spec, out IReadOnlyList<SpecError> errors)
    {
        var terms = WindowSpecReader.Read(spec, out errors);
        return terms is null ? null : new WindowCalendar(terms);
    }

    /// <summary>The zone that a node goes by: with the timing Absolute the window's own.</summary>
    public NodeZone ZoneOf(NodePlace place) => terms.NodeZones?.Of(place) ?? new NodeZone(TimeZone, null);

    /// <summary>The same window by the clocks of another zone; its blackouts too, but those that have a zone of their own.</summary>
    /// <param name="timeZone">The canonical name of the zone.</param>
    public WindowCalendar In(string timeZone) => timeZone == TimeZone
        ? this
        : zones.GetOrAdd(timeZone, name => new WindowCalendar(terms with { Zone = DateTimeZoneProviders.Tzdb[name] }, freezes));

    /// <summary>The openings from the one around an instant on, or the first after it.</summary>
    public IEnumerable<Opening> Openings(DateTimeOffset from) =>
        NotOver(Instant.FromDateTimeOffset(from)).Select(piece => piece.ToOpening());

    /// <summary>The same window, kept closed by others as well.</summary>
    internal WindowCalendar Under(IReadOnlyList<IClosure> others) => others.Count == 0 ? this : new WindowCalendar(terms, [.. freezes, .. others]);

    /// <summary>
    /// What the window says at an instant. The ends of an opening are looked for 14 days, or twice the duration if that is longer, to
    /// either side. Where openings have merged into one that reaches further, it is cut at a Monday 00:00 UTC: on the near side at the
    /// last one, so that a window that is always open gets a new opening every week; on the far side at one that is at least a duration
    /// away and not after the true end. Nothing is foreseen after an opening cut on the far side.
    /// </summary>
    public WindowState At(DateTimeOffset now)
    {
        var instant = Instant.FromDateTimeOffset(now);
        var found = new List<MergedOpening>(WindowState.MaxUpcoming + 1);
        var lookAgain = Find(instant, found);
        return found is [var first, .. var rest] && first.Start <= instant
            ? Open(first, rest, instant)
            : Closed(found, lookAgain) with { Blackout = BlackoutAt(instant) };
    }

    /// <summary>Why an opening is not as the schedules have it, or what was skipped before it; null where there is nothing to say.</summary>
    /// <param name="opening">One that a state has named.</param>
    public string? Note(Opening opening) => new OpeningNotes(terms, starts, closures).Of(opening);

    /// <summary>The openings that are not over at an instant, so many at most, with the local dates on which they begin.</summary>
    internal List<DatedPiece> Dated(Instant from, int count) =>
        [.. NotOver(from).Take(count).Select(piece => new DatedPiece(DayOf(piece), piece))];

    /// <summary>The openings that begin on a local date.</summary>
    internal IEnumerable<DatedPiece> On(LocalDate day) => Pieces(terms.Zone.ResolveLocal(day.AtMidnight(), LocalTexts.Lenient).ToInstant())
        .Where(piece => piece.Start < piece.End)
        .Select(piece => new DatedPiece(DayOf(piece), piece))
        .TakeWhile(piece => piece.Day <= day)
        .Where(piece => piece.Day == day);

    // One that has no visible start begins on a Monday in UTC, everywhere.
    private LocalDate DayOf(MergedOpening piece) => starts.NotAfter(piece.WholeStart - Duration.Epsilon) + terms.Duration >= piece.WholeStart
        ? piece.WholeStart.InUtc().Date
        : piece.WholeStart.InZone(terms.Zone).Date;

    private IEnumerable<MergedOpening> NotOver(Instant instant) => Pieces(instant).Where(piece => piece.End > instant && piece.Start < piece.End);

    private WindowState Open(MergedOpening current, IEnumerable<MergedOpening> upcoming, Instant now)
    {
        var lastStart = current.End - terms.Cutoff;
        var accepts = now < lastStart;
        return new WindowState(
            IsOpen: true,
            Current: current.ToOpening(),
            AcceptsNodes: accepts,
            LastStart: lastStart.ToDateTimeOffset(),
            Upcoming: [.. upcoming.Select(opening => opening.ToOpening())],
            NextChange: (accepts ? lastStart : current.End).ToDateTimeOffset())
        {
            Day = LocalTexts.Date(DayOf(current)),
        };
    }

    private Blackout? BlackoutAt(Instant now) => now < LastYear && closures.Around(now) is { } closed
        ? new Blackout(closed.Name, closed.End < LastYear ? closed.End.ToDateTimeOffset() : null)
        : null;

    private static WindowState Closed(List<MergedOpening> upcoming, Instant? lookAgain) => WindowState.NeverOpen with
    {
        Upcoming = [.. upcoming.Take(WindowState.MaxUpcoming).Select(opening => opening.ToOpening())],
        NextChange = (upcoming.Count > 0 ? upcoming[0].Start : lookAgain)?.ToDateTimeOffset(),
    };

    /// <summary>Finds the opening that lasts at an instant, if one does, and those that follow.</summary>
    /// <returns>When to look again where nothing was found, and there may be something; else null.</returns>
    private Instant? Find(Instant now, List<MergedOpening> found)
    {
        foreach (var piece in Pieces(now))
        {
            if (piece.Start == piece.End)
                return piece.Start;
            if (piece.End > now)
                found.Add(piece);
            if (found.Count > WindowState.MaxUpcoming)
                break;
        }

        return null;
    }

    /// <summary>
    /// What the closed times leave of the openings, from the one around an instant on, or the first after it: what is over by then may come first. The last is
    /// one whose end is not in sight; or one of no length, where so much is closed that nothing was found, at the instant from which to look again.
    /// </summary>
    internal IEnumerable<MergedOpening> Pieces(Instant from)
    {
        if (terms.Suspended)
            yield break;
        var whole = merged.Around(from) ?? merged.After(from);
        var position = whole?.Start ?? from;
        for (var looks = 0; whole is { } opening && position < Instant.MaxValue; looks++)
        {
            if (looks == MaxLooks)
            {
                yield return new MergedOpening(position, position, IsCut: false);
                yield break;
            }

            if (closures.Around(position) is { } closed)
                position = closed.End;
            else
            {
                var end = closures.After(position) is { } closes && closes < opening.End ? closes : opening.End;
                var piece = new MergedOpening(position, end, IsCut: opening.IsCut && end == opening.End) { WholeStart = opening.Start };
                yield return piece;
                if (piece.IsCut)
                    yield break;
                (position, looks) = (end, 0);
            }

            if (position >= opening.End && position < Instant.MaxValue)
            {
                whole = merged.Around(position) ?? merged.After(position);
                position = whole?.Start > position ? whole.Value.Start : position;
            }
        }
    }
}
