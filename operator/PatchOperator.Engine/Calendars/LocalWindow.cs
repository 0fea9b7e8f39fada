using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// A window with the timing NodeLocal at an instant: what it says in each zone that nodes go by, and in all of them together. All that begins on one local
/// date is one opening, from where it begins in the first zone to where it ends in the last; between two zones it lasts while none of them takes nodes.
/// </summary>
public sealed class LocalWindow
{
    private readonly WindowCalendar calendar;
    private readonly DateTimeOffset now;
    private readonly Dictionary<string, WindowState> zones = [];

    /// <param name="calendar">The window's.</param>
    /// <param name="zones">The zones that nodes go by; with none, the window's own.</param>
    /// <param name="now">In UTC.</param>
    /// <param name="foreseen">How many openings to come are looked for.</param>
    internal LocalWindow(WindowCalendar calendar, IReadOnlyCollection<string> zones, DateTimeOffset now, int foreseen = 1)
    {
        (this.calendar, this.now) = (calendar, now);
        foreach (var zone in zones.Count > 0 ? zones : [calendar.TimeZone])
            this.zones[zone] = calendar.In(zone).At(now);
        (Lasting, var upcoming) = Openings(foreseen);
        var taking = this.zones.Values.Where(state => state.AcceptsNodes).ToList();
        State = new WindowState(
            IsOpen: Lasting.Count > 0,
            Current: Lasting.Count > 0 ? Lasting[^1].Opening : null,
            AcceptsNodes: taking.Count > 0,
            LastStart: taking.Max(state => state.LastStart),
            Upcoming: [.. upcoming.Select(opening => opening.Opening)],
            NextChange: this.zones.Values.Min(state => state.NextChange));
    }

    /// <summary>What it says in each zone.</summary>
    public IReadOnlyDictionary<string, WindowState> Zones => zones;

    /// <summary>The openings that have begun in some zone, and are not over in all, earliest first: where zones are a day apart there may be two.</summary>
    public IReadOnlyList<LocalOpening> Lasting { get; }

    /// <summary>
    /// What it says of all zones together: open while an opening lasts, with the one that began last; taking nodes while one zone does, until no zone that is
    /// open now does any more.
    /// </summary>
    public WindowState State { get; }

    /// <summary>What it says for a node; null when the zone that it goes by is not known.</summary>
    public WindowState? For(NodePlace place)
    {
        if (ZoneOf(place).Name is not { } zone)
            return null;
        if (!zones.TryGetValue(zone, out var state))
            zones[zone] = state = calendar.In(zone).At(now);
        return state;
    }

    /// <summary>The zone that a node goes by.</summary>
    public NodeZone ZoneOf(NodePlace place) => calendar.ZoneOf(place);

    /// <summary>Why an opening is not as the schedules have it in some zone, in words; null where there is nothing to say.</summary>
    public string? Note(Opening opening)
    {
        var notes = zones.Keys.Order(StringComparer.Ordinal).Select(zone => (Zone: zone, Note: NoteIn(zone, opening))).Where(said => said.Note is not null)
            .GroupBy(said => said.Note, said => said.Zone)
            .Select(same => same.Count() == zones.Count ? same.Key! : $"{string.Join(", ", same)}: {same.Key}");
        return string.Join("; ", notes) is { Length: > 0 } all ? all : null;
    }

    private string? NoteIn(string zone, Opening opening)
    {
        var local = calendar.In(zone);
        var notes = zones[zone].All
            .Where(piece => piece.OpensAt >= opening.OpensAt && piece.ClosesAt <= opening.ClosesAt)
            .Select(local.Note).OfType<string>().Distinct();
        return string.Join("; ", notes) is { Length: > 0 } all ? all : null;
    }

    private (List<LocalOpening> Lasting, List<LocalOpening> Upcoming) Openings(int foreseen)
    {
        var (lasting, upcoming, instant) = (new List<LocalOpening>(), new List<LocalOpening>(), Instant.FromDateTimeOffset(now));
        var pieces = zones.Keys.ToDictionary(zone => zone, zone => calendar.In(zone).Dated(instant, WindowState.MaxUpcoming + 1));
        foreach (var day in pieces.Values.SelectMany(ofZone => ofZone).Select(piece => piece.Day).Distinct().Order())
        {
            var ofDay = pieces.SelectMany(zone => zone.Value.Where(piece => piece.Day == day).Concat(calendar.In(zone.Key).On(day))).ToList();
            var (start, end) = (ofDay.Min(piece => piece.Piece.Start), ofDay.Max(piece => piece.Piece.End));
            var opening = new LocalOpening(LocalTexts.Date(day), new Opening(start.ToDateTimeOffset(), end.ToDateTimeOffset()));
            if (start <= instant)
                lasting.Add(opening);
            else if (upcoming.Count < foreseen)
                upcoming.Add(opening);
            if (start > instant && upcoming.Count >= foreseen)
                break;
        }

        return (lasting, upcoming);
    }
}
