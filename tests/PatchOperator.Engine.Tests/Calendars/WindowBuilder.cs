using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>A window for a test, such as <c>AWindow("0 23 * * MON").For("3h").In("Europe/Berlin")</c>.</summary>
public sealed class WindowBuilder
{
    private PatchWindowSpec _spec = new() { Duration = "1h" };

    public static WindowBuilder AWindow(params string[] crons)
    {
        var window = new WindowBuilder();
        window._spec = window._spec with { Schedules = [.. crons.Select(cron => new WindowSchedule { Cron = cron })] };
        return window;
    }

    public WindowBuilder For(string duration)
    {
        _spec = _spec with { Duration = duration };
        return this;
    }

    public WindowBuilder WithCutoff(string cutoff)
    {
        _spec = _spec with { Cutoff = cutoff };
        return this;
    }

    public WindowBuilder In(string timeZone)
    {
        _spec = _spec with { TimeZone = timeZone };
        return this;
    }

    public WindowCalendar Calendar()
    {
        var calendar = WindowCalendar.TryCreate(_spec, out var errors);
        Assert.Empty(errors);
        return calendar!;
    }

    public WindowState At(string utc) => Calendar().At(Time.Utc(utc));

    /// <summary>What is wrong with the window, a line for each.</summary>
    public IReadOnlyList<string> Errors()
    {
        var calendar = WindowCalendar.TryCreate(_spec, out var errors);
        Assert.Equal(errors.Count == 0, calendar is not null);
        return [.. errors.Select(error => error.ToString())];
    }
}
