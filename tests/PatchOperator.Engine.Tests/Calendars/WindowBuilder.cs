using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>A window for a test, such as <c>AWindow("0 23 * * MON").For("3h").In("Europe/Berlin")</c>.</summary>
public sealed class WindowBuilder
{
    private PatchWindowSpec _spec = new() { Duration = "1h" };

    public static WindowBuilder AWindow(params string[] crons) => AWindow([.. crons.Select(cron => new WindowSchedule { Cron = cron })]);

    public static WindowBuilder AWindow(params WindowSchedule[] schedules) => new WindowBuilder().With(spec => spec with { Schedules = [.. schedules] });

    public static WindowSchedule Once(string time) => new() { At = time };

    public static WindowSchedule Monthly(WeekOfMonth week, Weekday weekday, int offsetDays = 0, string time = "23:00") =>
        new() { Monthly = new MonthlySchedule { Week = week, Weekday = weekday, OffsetDays = offsetDays, Time = time } };

    public WindowBuilder With(Func<PatchWindowSpec, PatchWindowSpec> change)
    {
        _spec = change(_spec);
        return this;
    }

    public WindowBuilder For(string duration) => With(spec => spec with { Duration = duration });

    public WindowBuilder WithCutoff(string cutoff) => With(spec => spec with { Cutoff = cutoff });

    public WindowBuilder In(string timeZone) => With(spec => spec with { TimeZone = timeZone });

    public WindowBuilder Where(SkippedStart skipped, RepeatedStart repeated = RepeatedStart.First) =>
        With(spec => spec with { SkippedStart = skipped, RepeatedStart = repeated });

    public WindowBuilder Valid(string? from, string? until) => With(spec => spec with { ValidFrom = from, ValidUntil = until });

    public WindowBuilder BlackedOut(string from, string to, string? timeZone = null, string name = "holidays") =>
        With(spec => spec with { Blackouts = [.. spec.Blackouts, new WindowBlackout { Name = name, From = from, To = to, TimeZone = timeZone }] });

    public WindowCalendar Calendar()
    {
        var calendar = WindowCalendar.TryCreate(_spec, out var errors);
        Assert.Empty(errors);
        return calendar!;
    }

    public WindowState At(string utc) => Calendar().At(Time.Utc(utc));

    /// <summary>The openings to come, each with its note.</summary>
    public IReadOnlyList<string> Foresees(string utc, int count = 2)
    {
        var calendar = Calendar();
        return [.. calendar.At(Time.Utc(utc)).Upcoming.Take(count).Select(opening => Noted(calendar, opening))];
    }

    /// <summary>The opening that lasts, with its note.</summary>
    public string Lasts(string utc)
    {
        var calendar = Calendar();
        return calendar.At(Time.Utc(utc)).Current is { } opening ? Noted(calendar, opening) : "none";
    }

    /// <summary>What is wrong with the window, a line for each.</summary>
    public IReadOnlyList<string> Errors()
    {
        var calendar = WindowCalendar.TryCreate(_spec, out var errors);
        Assert.Equal(errors.Count == 0, calendar is not null);
        return [.. errors.Select(error => error.ToString())];
    }

    private static string Noted(WindowCalendar calendar, Opening opening) =>
        $"{Time.Write(opening)}{(calendar.Note(opening) is { } note ? $" ({note})" : "")}";
}
