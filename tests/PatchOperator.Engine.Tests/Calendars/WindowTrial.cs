using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>
/// A window with any of its fields, and an instant, mostly within days of a change of its zone's clock. What it does is found out minute by minute: slowly,
/// and by looking at a clock alone.
/// </summary>
public sealed record WindowTrial(PatchWindowSpec Spec, IReadOnlyList<CronSample> Crons, DateTimeOffset Now)
{
    /// <summary>How far from now it is tried, to either side.</summary>
    public const int Minutes = 12 * 24 * 60;

    private static readonly (string Zone, string Change)[] _places =
    [
        ("UTC", "2026-12-31 00:00"),
        ("UTC", "2028-02-29 00:00"),
        ("Europe/Berlin", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-10-25 01:00"),
        ("America/New_York", "2026-03-08 07:00"),
        ("America/New_York", "2026-11-01 06:00"),
        ("Australia/Lord_Howe", "2026-04-04 15:00"),
        ("Australia/Lord_Howe", "2026-10-03 15:30"),
        ("Asia/Kathmandu", "1985-12-31 18:30"),
        ("Asia/Kathmandu", "2026-02-28 18:15"),
        ("Pacific/Apia", "2011-12-30 10:00"),
    ];

    public static Arbitrary<WindowTrial> Arbitrary { get; } = Arb.From(
        from place in Gen.Elements(_places)
        let around = Time.Utc(place.Change)
        from offset in Gen.Frequency((2, Gen.Choose(-300, 300)), (1, Gen.Choose(-5_000, 5_000)))
        from crons in Gen.ArrayOf(CronSample.Sparse, 2)
        from once in Gen.ArrayOf(Near(around, 2_000), 2)
        from monthly in Gen.ArrayOf(Monthlies, 2)
        from counts in Gen.ArrayOf(Gen.Choose(0, 2), 3)
        from minutes in Gen.Frequency((3, Gen.Choose(1, 600)), (1, Gen.Choose(600, 3_000)))
        from cutoff in Gen.Choose(0, minutes - 1)
        from skipped in Gen.Elements(Enum.GetValues<SkippedStart>())
        from repeated in Gen.Elements(Enum.GetValues<RepeatedStart>())
        from validity in Gen.Frequency((2, Gen.Constant<string[]>([])), (1, Gen.ArrayOf(Near(around, 8_000), 2)))
        from days in Gen.ArrayOf(Days(around, place.Zone), 2)
        from times in Gen.ArrayOf(Times(around, place.Zone), 2)
        from blackouts in Gen.Choose(0, 4)
        let kept = crons.Take(counts[0]).ToArray()
        let schedules = kept.Select(cron => new WindowSchedule { Cron = cron.Text })
            .Concat(once.Take(counts[1]).Select(WindowBuilder.Once))
            .Concat(monthly.Take(counts[2])).ToList()
        where schedules.Count > 0
        let order = validity.Order(StringComparer.Ordinal).Distinct().ToList()
        select new WindowTrial(
            new PatchWindowSpec
            {
                Schedules = schedules,
                Duration = $"{minutes}m",
                Cutoff = $"{cutoff}m",
                TimeZone = place.Zone,
                SkippedStart = skipped,
                RepeatedStart = repeated,
                ValidFrom = order.FirstOrDefault(),
                ValidUntil = order.Skip(1).FirstOrDefault(),
                Blackouts = [.. days.Concat(times).Take(blackouts).Select((blackout, index) => blackout with { Name = $"{index}" })],
            },
            kept,
            around.AddMinutes(offset)));

    /// <summary>Any of the zones.</summary>
    public static Arbitrary<string> Zones { get; } = Arb.From(Gen.Elements(_places.Select(place => place.Zone).Distinct().ToArray()));

    /// <summary>The date that the clocks of a zone show.</summary>
    public static string DateIn(string zone, DateTimeOffset time) =>
        NodaTime.Instant.FromDateTimeOffset(time).InZone(DateTimeZoneProviders.Tzdb[zone]).Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static Gen<WindowSchedule> Monthlies { get; } =
        from week in Gen.Elements(Enum.GetValues<WeekOfMonth>())
        from weekday in Gen.Elements(Enum.GetValues<Weekday>())
        from offset in Gen.Choose(-31, 31)
        from hour in Gen.Choose(0, 23)
        from minute in Gen.Choose(0, 59)
        select WindowBuilder.Monthly(week, weekday, offset, $"{hour:00}:{minute:00}");

    public override string ToString() => $"{System.Text.Json.JsonSerializer.Serialize(Spec)} at {Now:O}";

    /// <summary>The same window by the clocks of another zone.</summary>
    public WindowTrial In(string zone) => this with { Spec = Spec with { TimeZone = zone } };

    public WindowCalendar Calendar()
    {
        var calendar = WindowCalendar.TryCreate(Spec, out var errors);
        Assert.Empty(errors);
        return calendar!;
    }

    /// <summary>Every opening within <see cref="Minutes"/> of now; the first and the last may reach further.</summary>
    public List<Opening> Openings()
    {
        var clock = ClockOf(Spec.TimeZone);
        var duration = (int)Durations.Parse(Spec.Duration).TotalMinutes;
        var (openings, until) = (new List<Opening>(), 0);
        var closed = new bool[clock.Length];
        foreach (var blackout in Spec.Blackouts)
            Close(closed, blackout);
        if (Spec.ValidFrom is { } from)
            Array.Fill(closed, true, 0, Index(clock, from));
        if (Spec.ValidUntil is { } validUntil)
            Array.Fill(closed, true, Index(clock, validUntil), clock.Length - Index(clock, validUntil));
        var (first, last) = (new Dictionary<LocalDateTime, int>(), new Dictionary<LocalDateTime, int>());
        for (var minute = 0; minute < clock.Length; minute++)
            (_, last[clock[minute]]) = (first.TryAdd(clock[minute], minute), minute);
        for (var minute = 1; minute < clock.Length; minute++)
        {
            var counts = (Spec.RepeatedStart == RepeatedStart.First ? first : last)[clock[minute]] == minute;
            if ((counts && Fires(clock[minute])) || (Spec.SkippedStart == SkippedStart.ShiftForward && SkippedBefore(clock, minute).Any(Fires)))
                until = Math.Max(until, minute + duration);
            if (minute >= until || closed[minute])
                continue;
            if (openings.Count > 0 && openings[^1].ClosesAt == Instant(minute))
                openings[^1] = openings[^1] with { ClosesAt = Instant(minute + 1) };
            else
                openings.Add(new Opening(Instant(minute), Instant(minute + 1)));
        }
        return openings;
    }

    private static IEnumerable<LocalDateTime> SkippedBefore(LocalDateTime[] clock, int minute)
    {
        for (var time = clock[minute - 1].PlusMinutes(1); time < clock[minute]; time = time.PlusMinutes(1))
            yield return time;
    }

    private bool Fires(LocalDateTime time) =>
        Crons.Any(cron => cron.Fires(time)) || Spec.Schedules.Any(schedule => schedule.At == Text(time) || (schedule.Monthly is { } monthly && Fires(monthly, time)));

    private static bool Fires(MonthlySchedule monthly, LocalDateTime time)
    {
        var named = time.Date.PlusDays(-monthly.OffsetDays);
        return Text(time).EndsWith($"T{monthly.Time}", StringComparison.Ordinal)
            && named.DayOfWeek.ToString() == monthly.Weekday.ToString()
            && (monthly.Week == WeekOfMonth.Last ? named.PlusWeeks(1).Month != named.Month : (named.Day - 1) / 7 == (int)monthly.Week);
    }

    private void Close(bool[] closed, WindowBlackout blackout)
    {
        var clock = ClockOf(blackout.TimeZone ?? Spec.TimeZone);
        if (blackout.From.Length > "MM-DD".Length)
        {
            var start = Index(clock, blackout.From);
            // The last instant at which the clock shows it; where it is set to just that, nothing before it comes twice.
            var end = Math.Max(Array.FindLastIndex(clock, time => Before(time, blackout.To)) + 1, Array.FindLastIndex(clock, time => Text(time) == blackout.To));
            Array.Fill(closed, true, start, Math.Max(0, end - start));
            return;
        }

        for (var minute = 0; minute < clock.Length; minute++)
        {
            var day = Text(clock[minute])[5..10];
            var (begun, over) = (string.CompareOrdinal(day, blackout.From) >= 0, string.CompareOrdinal(day, blackout.To) > 0);
            closed[minute] |= string.CompareOrdinal(blackout.From, blackout.To) <= 0 ? begun && !over : begun || !over;
        }
    }

    private LocalDateTime[] ClockOf(string name)
    {
        var zone = DateTimeZoneProviders.Tzdb[name];
        return [.. Enumerable.Range(0, 2 * Minutes).Select(minute => NodaTime.Instant.FromDateTimeOffset(Instant(minute)).InZone(zone).LocalDateTime)];
    }

    // Whole minutes, whatever second it is now.
    private DateTimeOffset Instant(int minute) => Now.AddTicks(-(Now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(minute - Minutes);

    private static int Index(LocalDateTime[] clock, string time) => Array.FindIndex(clock, at => !Before(at, time)) is var index and >= 0 ? index : clock.Length;

    private static bool Before(LocalDateTime time, string text) => string.CompareOrdinal(Text(time), text) < 0;

    private static string Text(LocalDateTime time) => time.ToString("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static Gen<string> Near(DateTimeOffset around, int minutes) =>
        from offset in Gen.Choose(-minutes, minutes)
        select around.AddMinutes(offset).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static Gen<WindowBlackout> Days(DateTimeOffset around, string zone) =>
        from offset in Gen.Choose(-6, 6)
        from days in Gen.Frequency((3, Gen.Choose(0, 3)), (1, Gen.Choose(330, 364)))
        from other in Others(zone)
        let first = around.AddDays(offset)
        select new WindowBlackout { From = $"{first:MM-dd}", To = $"{first.AddDays(days):MM-dd}", TimeZone = other };

    private static Gen<WindowBlackout> Times(DateTimeOffset around, string zone) =>
        from start in Near(around, 3_000)
        from end in Near(around, 3_000)
        where start != end
        from other in Others(zone)
        let order = new[] { start, end }.Order(StringComparer.Ordinal).ToList()
        select new WindowBlackout { From = order[0], To = order[1], TimeZone = other };

    private static Gen<string?> Others(string own) => Gen.Elements(null, null, own, "America/New_York", "UTC");
}
