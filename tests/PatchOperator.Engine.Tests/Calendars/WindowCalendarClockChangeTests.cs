using static PatchOperator.Engine.Tests.Calendars.Time;
using static PatchOperator.Engine.Tests.Calendars.WindowBuilder;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>In 2026 Europe/Berlin goes forward on 29 March at 02:00 (01:00 UTC) and back on 25 October at 03:00 (01:00 UTC).</summary>
public class WindowCalendarClockChangeTests
{
    [Theory]
    // Forward: 23:00 to 05:00 on the clock. Back: 23:00 to 03:00. Five hours each.
    [InlineData("2026-03-28 21:00", "2026-03-28 22:00 to 2026-03-29 03:00")]
    [InlineData("2026-10-24 20:00", "2026-10-24 21:00 to 2026-10-25 02:00")]
    public void Duration_is_elapsed_time_when_the_clock_changes_inside(string now, string expected)
    {
        var window = AWindow("0 23 * * SAT").For("5h").In("Europe/Berlin");
        Assert.Equal(expected, WindowCalendarTests.Upcoming(window.At(now))[0]);
        Assert.Equal(expected, Write(window.At(expected[^16..^6] + " 00:30").Current));
    }

    [Fact]
    public void Monday_at_eleven_stays_at_eleven_across_the_change()
    {
        var window = AWindow("0 23 * * MON").For("3h").In("Europe/Berlin");
        Assert.Equal(
            ["2026-03-23 22:00 to 2026-03-24 01:00", "2026-03-30 21:00 to 2026-03-31 00:00"],
            WindowCalendarTests.Upcoming(window.At("2026-03-20 00:00"))[..2]);
        Assert.Equal(
            ["2026-10-19 21:00 to 2026-10-20 00:00", "2026-10-26 22:00 to 2026-10-27 01:00"],
            WindowCalendarTests.Upcoming(window.At("2026-10-16 00:00"))[..2]);
    }

    [Fact]
    public void Monday_at_eleven_for_six_days_ends_an_hour_later_on_the_clock_when_it_goes_forward()
    {
        var window = AWindow("0 23 * * MON").For("6d").In("Europe/Berlin");
        Assert.Equal("2026-03-23 22:00 to 2026-03-29 22:00", Write(window.At("2026-03-29 12:00").Current));
    }

    [Theory]
    // A start that is skipped happens at the instant of the change, whole day or half hour.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-29 00:00", "2026-03-29 01:00 to 2026-03-29 01:45")]
    [InlineData("0 3 * * *", "Europe/Berlin", "2026-03-29 00:00", "2026-03-29 01:00 to 2026-03-29 01:45")]
    [InlineData("30 2 * * *", "America/St_Johns", "2026-03-08 00:00", "2026-03-08 05:30 to 2026-03-08 06:15")]
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2026-10-03 00:00", "2026-10-03 15:30 to 2026-10-03 16:15")]
    [InlineData("0 3 30 12 *", "Pacific/Apia", "2011-12-30 00:00", "2011-12-30 10:00 to 2011-12-30 10:45")]
    // A start that comes twice happens the first time.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25 00:00", "2026-10-25 00:30 to 2026-10-25 01:15")]
    [InlineData("30 1 * * *", "America/St_Johns", "2026-11-01 00:00", "2026-11-01 04:00 to 2026-11-01 04:45")]
    [InlineData("45 1 * * *", "Australia/Lord_Howe", "2026-04-04 00:00", "2026-04-04 14:45 to 2026-04-04 15:30")]
    // Neither.
    [InlineData("0 23 * * *", "America/St_Johns", "2026-01-05 12:00", "2026-01-06 02:30 to 2026-01-06 03:15")]
    [InlineData("0 23 * * *", "Australia/Lord_Howe", "2026-07-05 12:00", "2026-07-05 12:30 to 2026-07-05 13:15")]
    public void Starts_at_a_clock_change(string cron, string zone, string now, string expected) =>
        Assert.Equal(expected, WindowCalendarTests.Upcoming(AWindow(cron).For("45m").In(zone).At(now))[0]);

    [Fact]
    public void Skipped_starts_are_one_opening()
    {
        var window = AWindow("10,30,50 2 29 3 *", "0 3 29 3 *").For("45m").In("Europe/Berlin");
        Assert.Equal("2026-03-29 01:00 to 2026-03-29 01:45", Write(window.At("2026-03-29 01:00").Current));
    }

    [Theory]
    [InlineData("2026-10-25 00:29", false)]
    [InlineData("2026-10-25 00:30", true)]
    [InlineData("2026-10-25 01:00", true)]
    [InlineData("2026-10-25 01:14", true)]
    [InlineData("2026-10-25 01:15", false)]
    [InlineData("2026-10-25 01:30", false)]
    [InlineData("2026-10-25 01:45", false)]
    public void A_start_that_comes_twice_opens_once(string now, bool open) =>
        Assert.Equal(open, AWindow("30 2 * * *").For("45m").In("Europe/Berlin").At(now).IsOpen);

    [Fact]
    public void After_the_second_pass_the_next_day_is_next() =>
        Assert.Equal("2026-10-26 01:30", Write(AWindow("30 2 * * *").For("45m").In("Europe/Berlin").At("2026-10-25 01:20").NextChange));

    [Fact]
    public void A_day_that_a_zone_skipped_opens_at_the_start_of_the_next()
    {
        // Samoa went from 29 December 2011 to the 31st at midnight.
        var upcoming = WindowCalendarTests.Upcoming(AWindow("0 3 * * *").For("2h").In("Pacific/Apia").At("2011-12-29 12:00"));
        Assert.Equal(
            [
                "2011-12-29 13:00 to 2011-12-29 15:00",
                "2011-12-30 10:00 to 2011-12-30 12:00",
                "2011-12-30 13:00 to 2011-12-30 15:00",
                "2011-12-31 13:00 to 2011-12-31 15:00",
            ],
            upcoming[..4]);
    }

    [Fact]
    public void A_day_of_25_hours_leaves_an_hour_between_openings_of_24() =>
        Assert.Equal(
            "2026-10-25 22:00", Write(AWindow("0 0 * * *").For("1d").In("Europe/Berlin").At("2026-10-25 12:00").Current?.ClosesAt));

    [Fact]
    public void The_hour_that_comes_twice_has_no_starts_of_its_own()
    {
        var state = AWindow("* * * * *").For("1m").In("Europe/Berlin").At("2026-10-25 01:30");
        Assert.False(state.IsOpen);
        Assert.Equal("2026-10-25 02:00", Write(state.NextChange));
    }
}
