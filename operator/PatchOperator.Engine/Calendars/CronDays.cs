using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// The days of a cron expression. A day has to be in one of the months, and has to be one of the days of the month, of the week, or both,
/// as <paramref name="eitherDay"/> says.
/// </summary>
/// <param name="daysOfMonth">1 to 31.</param>
/// <param name="months">1 to 12.</param>
/// <param name="daysOfWeek">0 (Sunday) to 6 (Saturday).</param>
/// <param name="eitherDay">Whether one of the two kinds of day is enough.</param>
internal sealed class CronDays(ulong daysOfMonth, ulong months, ulong daysOfWeek, bool eitherDay)
{
    /// <summary>
    /// The rarest day is 29 February on one day of the week: every 28 years, but 40 where a century that is no leap year lies between.
    /// </summary>
    private const int SearchYears = 41;

    // The calendar ends with the year 9999; months are counted one beyond the last that is looked at.
    private const int FirstYear = 1;
    private const int LastYear = 9998;

    /// <summary>The earliest of the days that is not before <paramref name="from"/>; null when there is none in sight.</summary>
    public LocalDate? AtOrAfter(LocalDate from)
    {
        var limit = new YearMonth(Math.Min(from.Year + SearchYears, LastYear), 12);
        var firstDay = from.Day;
        for (var month = from.ToYearMonth(); month <= limit; month = month.PlusMonths(1))
        {
            if (Bits.Lowest(DaysIn(month), firstDay) is { } day)
                return month.OnDayOfMonth(day);
            firstDay = 1;
        }
        return null;
    }

    /// <summary>The latest of the days that is not after <paramref name="until"/>; null when there is none in sight.</summary>
    public LocalDate? AtOrBefore(LocalDate until)
    {
        var limit = new YearMonth(Math.Max(until.Year - SearchYears, FirstYear), 1);
        var lastDay = until.Day;
        for (var month = until.ToYearMonth(); month >= limit; month = month.PlusMonths(-1))
        {
            if (Bits.Highest(DaysIn(month), lastDay) is { } day)
                return month.OnDayOfMonth(day);
            lastDay = 31;
        }
        return null;
    }

    private ulong DaysIn(YearMonth month)
    {
        if (!Bits.Has(months, month.Month))
            return 0;
        var weekly = SpreadOverMonth(daysOfWeek, month.OnDayOfMonth(1).DayOfWeek);
        var days = eitherDay ? daysOfMonth | weekly : daysOfMonth & weekly;
        var existing = (2UL << CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month)) - 2;
        return days & existing;
    }

    /// <summary>The days of a month, from bit 1 on, that fall on one of the days of the week.</summary>
    private static ulong SpreadOverMonth(ulong daysOfWeek, IsoDayOfWeek firstOfMonth)
    {
        var first = (int)firstOfMonth % 7;
        var firstWeek = ((daysOfWeek >> first) | (daysOfWeek << (7 - first))) & 0b111_1111;
        const ulong FiveWeeks = 1 | (1UL << 7) | (1UL << 14) | (1UL << 21) | (1UL << 28);
        return (firstWeek * FiveWeeks) << 1;
    }
}
