using PatchOperator.Engine.Calendars;
using static PatchOperator.Engine.Tests.Calendars.Time;
using static PatchOperator.Engine.Tests.Calendars.WindowBuilder;

namespace PatchOperator.Engine.Tests.Calendars;

public class WindowCalendarTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);

    // 2026-01-05 is a Monday.
    private static WindowBuilder Monday => AWindow("0 23 * * MON").For("3h").WithCutoff("30m");

    [Theory]
    [InlineData("2026-01-05 22:59", false, false, "2026-01-05 23:00")]
    [InlineData("2026-01-05 23:00", true, true, "2026-01-06 01:30")]
    [InlineData("2026-01-06 01:29", true, true, "2026-01-06 01:30")]
    [InlineData("2026-01-06 01:30", true, false, "2026-01-06 02:00")]
    [InlineData("2026-01-06 01:59", true, false, "2026-01-06 02:00")]
    [InlineData("2026-01-06 02:00", false, false, "2026-01-12 23:00")]
    public void Open_until_its_end_and_taking_nodes_until_the_cutoff(string now, bool open, bool accepts, string nextChange)
    {
        var state = Monday.At(now);
        Assert.Equal(open, state.IsOpen);
        Assert.Equal(accepts, state.AcceptsNodes);
        Assert.Equal(nextChange, Write(state.NextChange));
        Assert.Equal(open ? "2026-01-05 23:00 to 2026-01-06 02:00" : "none", Write(state.Current));
        Assert.Equal(open ? "2026-01-06 01:30" : "never", Write(state.LastStart));
    }

    [Fact]
    public void Bounds_are_exact_to_the_tick()
    {
        var calendar = Monday.Calendar();
        Assert.False(calendar.At(Utc("2026-01-05 23:00") - _tick).IsOpen);
        Assert.True(calendar.At(Utc("2026-01-06 01:30") - _tick).AcceptsNodes);
        Assert.True(calendar.At(Utc("2026-01-06 02:00") - _tick).IsOpen);
        Assert.False(calendar.At(Utc("2026-01-06 02:00")).IsOpen);
    }

    [Fact]
    public void Without_a_cutoff_nodes_may_start_until_the_end()
    {
        var state = AWindow("0 23 * * MON").For("3h").At("2026-01-06 01:59");
        Assert.True(state.AcceptsNodes);
        Assert.Equal("2026-01-06 02:00", Write(state.LastStart));
    }

    [Fact]
    public void Offset_of_the_question_does_not_matter()
    {
        var state = Monday.Calendar().At(new DateTimeOffset(2026, 1, 6, 12, 0, 0, TimeSpan.FromHours(12)));
        Assert.Equal("2026-01-05 23:00 to 2026-01-06 02:00", Write(state.Current));
    }

    [Fact]
    public void Five_openings_are_foreseen_without_the_current_one() =>
        Assert.Equal(
            [
                "2026-01-12 23:00 to 2026-01-13 02:00",
                "2026-01-19 23:00 to 2026-01-20 02:00",
                "2026-01-26 23:00 to 2026-01-27 02:00",
                "2026-02-02 23:00 to 2026-02-03 02:00",
                "2026-02-09 23:00 to 2026-02-10 02:00",
            ],
            Upcoming(Monday.At("2026-01-05 23:00")));

    [Theory]
    // Overlapping, touching, contained, and a minute apart.
    [InlineData("0 22 * * MON", "0 23 * * MON", "2026-01-05 22:00 to 2026-01-06 01:00")]
    [InlineData("0 21 * * MON", "0 23 * * MON", "2026-01-05 21:00 to 2026-01-06 01:00")]
    [InlineData("0 23 * * MON", "0 23 5 1 *", "2026-01-05 23:00 to 2026-01-06 01:00")]
    [InlineData("59 20 * * MON", "0 23 * * MON", "2026-01-05 23:00 to 2026-01-06 01:00")]
    public void Overlapping_and_touching_openings_are_one(string first, string second, string expected)
    {
        var window = AWindow(first, second).For("2h").WithCutoff("30m");
        Assert.Equal(expected, Write(window.At("2026-01-06 00:00").Current));
        Assert.Equal("2026-01-06 00:30", Write(window.At("2026-01-06 00:00").LastStart));
    }

    [Fact]
    public void Cutoff_counts_from_the_end_of_the_merged_opening()
    {
        var window = AWindow("0 20,22 * * *").For("2h").WithCutoff("1h");
        Assert.True(window.At("2026-01-05 21:30").AcceptsNodes);
        Assert.False(window.At("2026-01-05 23:00").AcceptsNodes);
    }

    [Fact]
    public void An_opening_that_started_days_ago_is_found()
    {
        var state = AWindow("0 0 * * MON-FRI").For("1d").At("2026-01-09 23:59");
        Assert.Equal("2026-01-05 00:00 to 2026-01-10 00:00", Write(state.Current));
        Assert.Equal("2026-01-12 00:00 to 2026-01-17 00:00", Upcoming(state)[0]);
    }

    [Fact]
    public void The_longest_duration_allowed_is_one_opening()
    {
        var state = AWindow("0 0 1 1 *").For("31d").At("2026-01-31 23:59");
        Assert.Equal("2026-01-01 00:00 to 2026-02-01 00:00", Write(state.Current));
        Assert.Equal("2027-01-01 00:00 to 2027-02-01 00:00", Upcoming(state)[0]);
    }

    [Theory]
    [InlineData("0 22 * * *", "2026-12-31 23:30", "2026-12-31 22:00 to 2027-01-01 02:00")]
    [InlineData("0 22 28 2 *", "2026-03-01 02:00", "none")]
    [InlineData("0 22 28 2 *", "2026-03-01 01:00", "2026-02-28 22:00 to 2026-03-01 02:00")]
    [InlineData("0 22 31 * *", "2026-11-01 01:00", "2026-10-31 22:00 to 2026-11-01 02:00")]
    [InlineData("0 22 29 2 *", "2028-03-01 01:59", "2028-02-29 22:00 to 2028-03-01 02:00")]
    public void Openings_run_over_the_end_of_a_month_and_of_a_year(string cron, string now, string expected) =>
        Assert.Equal(expected, Write(AWindow(cron).For("4h").At(now).Current));

    [Fact]
    public void Leap_days_are_foreseen_years_ahead() =>
        Assert.Equal(
            [
                "2096-02-29 02:00 to 2096-02-29 03:00",
                "2104-02-29 02:00 to 2104-02-29 03:00",
                "2108-02-29 02:00 to 2108-02-29 03:00",
                "2112-02-29 02:00 to 2112-02-29 03:00",
                "2116-02-29 02:00 to 2116-02-29 03:00",
            ],
            Upcoming(AWindow("0 2 29 2 *").At("2092-03-01 00:00")));

    [Theory]
    [InlineData("* * * * *", "1m", "15s")]
    [InlineData("* * * * *", "1h", "59m")]
    [InlineData("0 0 * * *", "1d", "23h")]
    [InlineData("0 0 * * *", "31d", "30d")]
    public void A_window_that_is_always_open_gets_a_new_opening_every_Monday(string cron, string duration, string cutoff)
    {
        var window = AWindow(cron).For(duration).WithCutoff(cutoff);
        var before = window.At("2026-01-11 23:59");
        var after = window.At("2026-01-12 00:00");
        Assert.Equal("2026-01-05 00:00", Write(before.Current?.OpensAt));
        Assert.Equal("2026-01-12 00:00", Write(after.Current?.OpensAt));
        Assert.True(after.AcceptsNodes);
        Assert.Equal(DayOfWeek.Monday, after.Current!.Value.ClosesAt.DayOfWeek);
        Assert.InRange(after.Current.Value.ClosesAt, Utc("2026-01-12 00:00") + Durations.Parse(duration), Utc("2026-03-16 00:00"));
        Assert.Equal(after.LastStart, after.NextChange);
        Assert.Empty(after.Upcoming);
    }

    [Fact]
    public void What_is_said_about_a_window_that_is_always_open_stays_the_same_all_week()
    {
        var window = AWindow("*/5 * * * *").For("10m");
        Assert.Equal(window.At("2026-01-12 00:00").Current, window.At("2026-01-18 23:59").Current);
    }

    [Fact]
    public void An_opening_is_cut_where_it_reaches_further_than_14_days()
    {
        var calendar = AWindow("0 0 1-15 * *").For("1d").Calendar();
        Assert.Equal("2026-01-01 00:00 to 2026-01-12 00:00", Write(calendar.At(Utc("2026-01-02 00:00") - _tick).Current));
        Assert.Equal("2026-01-01 00:00 to 2026-01-16 00:00", Write(calendar.At(Utc("2026-01-02 00:00")).Current));
        Assert.Equal("2026-01-01 00:00 to 2026-01-16 00:00", Write(calendar.At(Utc("2026-01-15 00:00")).Current));
        Assert.Equal("2026-01-12 00:00 to 2026-01-16 00:00", Write(calendar.At(Utc("2026-01-15 00:00") + _tick).Current));
    }

    [Fact]
    public void Foreseeing_stops_at_an_opening_without_an_end_in_sight()
    {
        var state = AWindow("0 0 * 3,4 *").For("1d").At("2026-01-12 00:00");
        Assert.Equal(["2026-03-01 00:00 to 2026-03-09 00:00"], Upcoming(state));
    }

    internal static List<string> Upcoming(WindowState state) => [.. state.Upcoming.Select(opening => Write(opening))];
}
