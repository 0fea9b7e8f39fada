using NodaTime;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>A time of day on a day of each month by its name, such as the second Tuesday, and so many days later.</summary>
/// <param name="week">Which of the month's days of that name.</param>
/// <param name="weekday">The day's name.</param>
/// <param name="offsetDays">So many days later, or earlier where it is negative.</param>
/// <param name="time">The time of day.</param>
internal sealed class MonthlyTimes(WeekOfMonth week, IsoDayOfWeek weekday, int offsetDays, LocalTime time) : ILocalTimes
{
    // What lies beyond is near the ends of the calendar.
    private const int FirstYear = 2;
    private const int LastYear = 9997;

    public LocalDateTime? Next(LocalDateTime after)
    {
        if (after.Year is < FirstYear or > LastYear)
            return null;
        var month = Named(after.Date);
        while (In(month) <= after)
            month = month.PlusMonths(1);
        return In(month);
    }

    public LocalDateTime? Last(LocalDateTime notAfter)
    {
        if (notAfter.Year is < FirstYear or > LastYear)
            return null;
        var month = Named(notAfter.Date).PlusMonths(1);
        while (In(month) > notAfter)
            month = month.PlusMonths(-1);
        return In(month);
    }

    /// <summary>The month whose day is about to come: the day before the offset is in it or in the next.</summary>
    private YearMonth Named(LocalDate day) => day.PlusDays(-offsetDays).ToYearMonth();

    private LocalDateTime In(YearMonth month)
    {
        var day = week == WeekOfMonth.Last
            ? month.OnDayOfMonth(CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month)).With(DateAdjusters.PreviousOrSame(weekday))
            : month.OnDayOfMonth(1).With(DateAdjusters.NextOrSame(weekday)).PlusWeeks((int)week);
        return day.PlusDays(offsetDays) + time;
    }
}
