using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// Five fields (minute, hour, day of month, month, day of week) after crontab(5) of Vixie cron: lists, ranges, steps, names of months and
/// days in any case, Sunday as 0 or 7, and the macros from <c>@hourly</c> to <c>@yearly</c>. No seconds, no <c>L</c>, <c>W</c>, <c>#</c>.
/// Where both kinds of day are restricted a day needs only be one of them; where either field starts with a star it has to be both.
/// It knows local times only: what a clock change does to them is up to <see cref="WindowCalendar"/>.
/// </summary>
public sealed class CronExpression : ILocalTimes
{
    private const int MinutesPerHour = 60;

    private static readonly Dictionary<string, string> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    };

    private static readonly CronField[] Fields =
        [CronField.Minute, CronField.Hour, CronField.DayOfMonth, CronField.Month, CronField.DayOfWeek];

    private readonly string text;
    private readonly CronTimes times;
    private readonly CronDays days;

    private CronExpression(string text, string[] fields, ulong[] values)
    {
        this.text = text;
        times = new CronTimes(minutes: values[0], hours: values[1]);
        var eitherDay = !fields[2].StartsWith('*') && !fields[4].StartsWith('*');
        days = new CronDays(daysOfMonth: values[2], months: values[3], daysOfWeek: values[4], eitherDay);
    }

    /// <summary>Reads an expression. One that can never fire, such as on 30 February, is an error too.</summary>
    /// <param name="text">Five fields, or a macro.</param>
    /// <param name="expression">The expression, when there is no error.</param>
    /// <param name="error">The field and what is allowed in it, such as <c>minute: 61 is not between 0 and 59</c>.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out CronExpression? expression, [NotNullWhen(false)] out string? error)
    {
        expression = null;
        error = Expand(text.Trim(), out var fields);
        if (error is not null)
            return false;
        var values = new ulong[fields.Length];
        for (var i = 0; i < fields.Length && error is null; i++)
            error = Fields[i].Read(fields[i], out values[i]);
        if (error is not null)
            return false;
        var candidate = new CronExpression(text, fields, values);
        if (candidate.Next(new LocalDateTime(2000, 1, 1, 0, 0)) is null)
            error = "never fires: none of its months has such a day";
        else
            expression = candidate;
        return error is null;
    }

    /// <summary>The first local time after <paramref name="after"/>, to the minute; null when there is none in the next 41 years.</summary>
    public LocalDateTime? Next(LocalDateTime after)
    {
        var today = after.Date;
        if (days.AtOrAfter(today) is not { } day)
            return null;
        if (day > today)
            return At(day, times.First);
        if (times.AtOrAfter(MinuteOfDay(after) + 1) is { } time)
            return At(today, time);
        return days.AtOrAfter(today.PlusDays(1)) is { } later ? At(later, times.First) : null;
    }

    /// <summary>The last local time that is not after <paramref name="notAfter"/>; null when none is in the 41 years before.</summary>
    public LocalDateTime? Last(LocalDateTime notAfter)
    {
        var today = notAfter.Date;
        if (days.AtOrBefore(today) is not { } day)
            return null;
        if (day < today)
            return At(day, times.Last);
        if (times.AtOrBefore(MinuteOfDay(notAfter)) is { } time)
            return At(today, time);
        return days.AtOrBefore(today.PlusDays(-1)) is { } earlier ? At(earlier, times.Last) : null;
    }

    /// <summary>The text it was read from.</summary>
    public override string ToString() => text;

    private static string? Expand(string text, out string[] fields)
    {
        fields = [];
        if (text.StartsWith('@') && !Macros.TryGetValue(text, out text!))
            return $"a macro must be one of {string.Join(", ", Macros.Keys)}";
        fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == Fields.Length
            ? null
            : $"must have five fields (minute hour day-of-month month day-of-week), such as 0 23 * * MON, but has {fields.Length}";
    }

    private static int MinuteOfDay(LocalDateTime time) => time.Hour * MinutesPerHour + time.Minute;

    private static LocalDateTime At(LocalDate day, int minuteOfDay) =>
        day.At(new LocalTime(minuteOfDay / MinutesPerHour, minuteOfDay % MinutesPerHour));
}
