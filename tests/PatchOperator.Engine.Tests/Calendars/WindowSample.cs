using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>A window and an instant, mostly within days of a change of its zone's clock.</summary>
public sealed record WindowSample(IReadOnlyList<CronSample> Schedules, TimeSpan Duration, TimeSpan Cutoff, string Zone, DateTimeOffset Now)
{
    // A zone, and a day on which its clock changes.
    private static readonly (string Zone, string Change)[] _places =
    [
        ("UTC", "2026-12-31 00:00"),
        ("Europe/Berlin", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-10-25 01:00"),
        ("America/New_York", "2026-03-08 07:00"),
        ("America/New_York", "2026-11-01 06:00"),
        ("America/St_Johns", "2026-03-08 05:30"),
        ("America/St_Johns", "2026-11-01 04:30"),
        ("Australia/Lord_Howe", "2026-04-04 15:00"),
        ("Australia/Lord_Howe", "2026-10-03 15:30"),
        ("Pacific/Apia", "2011-12-30 10:00"),
        ("America/Havana", "2026-11-01 05:00"),
        ("Africa/Casablanca", "2026-02-15 02:00"),
    ];

    public static Arbitrary<WindowSample> Arbitrary { get; } = Arb.From(
        from count in Gen.Choose(1, 3)
        from schedules in Gen.ArrayOf(CronSample.Sparse, count)
        from minutes in Gen.Frequency((3, Gen.Choose(1, 600)), (1, Gen.Choose(600, 4_000)))
        from cutoff in Gen.Choose(0, minutes - 1)
        from place in Gen.Elements(_places)
        from offset in Gen.Frequency((2, Gen.Choose(-300, 300)), (1, Gen.Choose(-7_200, 7_200)))
        from ticks in Gen.Elements(0, 0, 1, -1)
        select new WindowSample(
            schedules,
            TimeSpan.FromMinutes(minutes),
            TimeSpan.FromMinutes(cutoff),
            place.Zone,
            Time.Utc(place.Change).AddMinutes(offset).AddTicks(ticks)));

    public override string ToString() =>
        $"{string.Join(" | ", Schedules)} for {Durations.Format(Duration)}, cutoff {Durations.Format(Cutoff)}, in {Zone}, at {Now:O}";

    public WindowCalendar Calendar() =>
        WindowBuilder.AWindow([.. Schedules.Select(schedule => schedule.Text)])
            .For(Durations.Format(Duration)).WithCutoff(Durations.Format(Cutoff)).In(Zone).Calendar();

    /// <summary>Every opening within so many days of now, found by trying every day's times one by one.</summary>
    public List<Opening> OpeningsByTrial(int days)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        var today = Instant.FromDateTimeOffset(Now).InZone(zone).Date;
        var starts = new SortedSet<DateTimeOffset>();
        for (var day = -days; day <= days; day++)
        {
            foreach (var schedule in Schedules)
                starts.UnionWith(StartsOf(schedule, today.PlusDays(day), zone));
        }
        return Merge(starts);
    }

    private static IEnumerable<DateTimeOffset> StartsOf(CronSample schedule, LocalDate day, DateTimeZone zone) =>
        from hour in schedule.Hours
        from minute in schedule.Minutes
        let time = day.At(new LocalTime(hour, minute))
        where schedule.Fires(time)
        select FirstInstantOf(time, zone);

    private static DateTimeOffset FirstInstantOf(LocalDateTime time, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(time);
        var instant = mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
        return instant.ToDateTimeOffset();
    }

    private List<Opening> Merge(IEnumerable<DateTimeOffset> sortedStarts)
    {
        var openings = new List<Opening>();
        foreach (var start in sortedStarts)
        {
            if (openings.Count > 0 && start <= openings[^1].ClosesAt)
                openings[^1] = openings[^1] with { ClosesAt = start + Duration };
            else
                openings.Add(new Opening(start, start + Duration));
        }
        return openings;
    }
}
