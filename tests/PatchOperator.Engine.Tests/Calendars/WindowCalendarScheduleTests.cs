using PatchOperator.Api;
using static PatchOperator.Engine.Tests.Calendars.Time;
using static PatchOperator.Engine.Tests.Calendars.WindowBuilder;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>Schedules other than cron expressions.</summary>
public class WindowCalendarScheduleTests
{
    [Fact]
    public void A_single_time_opens_once()
    {
        var window = AWindow(Once("2026-12-24T22:00")).For("2h").In("Europe/Berlin");
        Assert.Equal(["2026-12-24 21:00 to 2026-12-24 23:00"], window.Foresees("2026-01-01 00:00", 5));
        Assert.Equal("2026-12-24 21:00 to 2026-12-24 23:00", Write(window.At("2026-12-24 22:59").Current));
        var over = window.At("2026-12-24 23:00");
        Assert.Equal((false, 0, null), (over.IsOpen, over.Upcoming.Count, over.NextChange));
    }

    [Theory]
    // The second Tuesdays of 2026 are 13 January, 10 February, 10 March, 14 April; the last Fridays 30 January, 27 February, 27 March.
    [InlineData(WeekOfMonth.Second, Weekday.Tuesday, 0, "2026-01-01 00:00", "2026-01-13 23:00", "2026-02-10 23:00")]
    [InlineData(WeekOfMonth.Second, Weekday.Tuesday, 3, "2026-01-14 00:00", "2026-01-16 23:00", "2026-02-13 23:00")]
    [InlineData(WeekOfMonth.Second, Weekday.Tuesday, -13, "2026-01-01 00:00", "2026-01-28 23:00", "2026-02-25 23:00")]
    [InlineData(WeekOfMonth.Second, Weekday.Tuesday, 20, "2026-01-14 00:00", "2026-02-02 23:00", "2026-03-02 23:00")]
    [InlineData(WeekOfMonth.Fourth, Weekday.Tuesday, 7, "2026-01-30 00:00", "2026-02-03 23:00", "2026-03-03 23:00")]
    [InlineData(WeekOfMonth.Last, Weekday.Friday, 0, "2026-01-01 00:00", "2026-01-30 23:00", "2026-02-27 23:00")]
    [InlineData(WeekOfMonth.Last, Weekday.Saturday, 1, "2026-02-02 00:00", "2026-03-01 23:00", "2026-03-29 23:00")]
    [InlineData(WeekOfMonth.Last, Weekday.Sunday, 0, "2026-03-01 00:00", "2026-03-29 23:00", "2026-04-26 23:00")]
    [InlineData(WeekOfMonth.First, Weekday.Monday, 0, "2026-05-31 00:00", "2026-06-01 23:00", "2026-07-06 23:00")]
    [InlineData(WeekOfMonth.First, Weekday.Thursday, -1, "2025-12-30 00:00", "2025-12-31 23:00", "2026-02-04 23:00")]
    [InlineData(WeekOfMonth.Third, Weekday.Wednesday, 31, "2026-12-01 00:00", "2026-12-19 23:00", "2027-01-16 23:00")]
    [InlineData(WeekOfMonth.Third, Weekday.Wednesday, -31, "2026-12-01 00:00", "2026-12-20 23:00", "2027-01-17 23:00")]
    // A leap day by its name: 29 February 2028 is a Tuesday, and the last of its month.
    [InlineData(WeekOfMonth.Last, Weekday.Tuesday, 0, "2028-02-23 00:00", "2028-02-29 23:00", "2028-03-28 23:00")]
    [InlineData(WeekOfMonth.Last, Weekday.Monday, 1, "2028-02-23 00:00", "2028-02-29 23:00", "2028-03-28 23:00")]
    public void A_day_of_each_month_by_its_name(WeekOfMonth week, Weekday weekday, int offset, string after, params string[] opensAt)
    {
        var upcoming = AWindow(Monthly(week, weekday, offset)).At(after).Upcoming;
        Assert.Equal(opensAt, upcoming.Take(2).Select(opening => Write(opening.OpensAt)));
    }

    [Fact]
    public void Second_Tuesday_plus_three_days_is_the_same_whenever_it_is_asked()
    {
        var window = AWindow(Monthly(WeekOfMonth.Second, Weekday.Tuesday, 24)).For("3h").In("Europe/Berlin").Calendar();
        for (var day = 0; day < 400; day++)
        {
            var state = window.At(Utc("2026-01-01 12:00").AddDays(day));
            Assert.Equal(window.At(state.Upcoming[0].OpensAt).Current, state.Upcoming[0]);
            Assert.False(window.At(state.Upcoming[0].OpensAt.AddTicks(-1)).IsOpen);
        }
    }

    [Fact]
    public void The_forms_go_together() =>
        Assert.Equal(
            ["2026-01-12 23:00 to 2026-01-13 01:00", "2026-01-13 22:00 to 2026-01-14 01:00", "2026-01-19 23:00 to 2026-01-20 01:00"],
            AWindow(new WindowSchedule { Cron = "0 23 * * MON" }, Monthly(WeekOfMonth.Second, Weekday.Tuesday), Once("2026-01-13T22:00"))
                .For("2h").Foresees("2026-01-06 12:00", 3));

    [Fact]
    public void The_calendar_ends_without_a_crash()
    {
        var window = AWindow(Monthly(WeekOfMonth.Second, Weekday.Tuesday, 31)).BlackedOut("12-24", "01-06").Calendar();
        Assert.Empty(window.At(DateTimeOffset.MinValue.AddDays(1)).Upcoming);
        Assert.Empty(window.At(DateTimeOffset.MaxValue.AddDays(-1)).Upcoming);
    }
}
