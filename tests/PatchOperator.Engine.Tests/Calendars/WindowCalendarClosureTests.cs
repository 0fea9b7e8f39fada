using PatchOperator.Api;
using static PatchOperator.Engine.Tests.Calendars.Time;
using static PatchOperator.Engine.Tests.Calendars.WindowBuilder;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>What keeps a window closed: blackouts, validity, and suspension.</summary>
public class WindowCalendarClosureTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);

    private static WindowBuilder Always => AWindow("0 0 * * *").For("1d");

    [Theory]
    // The days are whole and the last one belongs to it, in the window's zone: Berlin is an hour ahead of UTC in winter.
    [InlineData("12-24", "12-26", null, "2026-12-23 23:00", "2026-12-26 23:00")]
    [InlineData("12-24", "12-24", null, "2026-12-23 23:00", "2026-12-24 23:00")]
    [InlineData("12-24", "12-26", "UTC", "2026-12-24 00:00", "2026-12-27 00:00")]
    [InlineData("12-24", "12-26", "America/New_York", "2026-12-24 05:00", "2026-12-27 05:00")]
    [InlineData("12-20", "01-06", null, "2026-12-19 23:00", "2027-01-06 23:00")]
    [InlineData("12-20", "01-06", null, "2027-12-19 23:00", "2028-01-06 23:00")]
    [InlineData("02-29", "02-29", null, "2028-02-28 23:00", "2028-02-29 23:00")]
    [InlineData("02-28", "02-29", null, "2026-02-27 23:00", "2026-02-28 23:00")]
    [InlineData("02-28", "02-29", null, "2028-02-27 23:00", "2028-02-29 23:00")]
    [InlineData("02-29", "03-01", null, "2026-02-28 23:00", "2026-03-01 23:00")]
    // 29 March 2026 has 23 hours in Berlin, 25 October has 25.
    [InlineData("03-29", "03-29", null, "2026-03-28 23:00", "2026-03-29 22:00")]
    [InlineData("10-25", "10-25", null, "2026-10-24 22:00", "2026-10-25 23:00")]
    [InlineData("2026-12-24T18:00", "2027-01-06T06:00", null, "2026-12-24 17:00", "2027-01-06 05:00")]
    [InlineData("2026-12-24T18:00", "2027-01-06T06:00", "UTC", "2026-12-24 18:00", "2027-01-06 06:00")]
    // Of an hour that comes twice both are closed; one that does not come is the instant of the change.
    [InlineData("2026-10-25T02:15", "2026-10-25T02:45", null, "2026-10-25 00:15", "2026-10-25 01:45")]
    [InlineData("2026-03-29T02:15", "2026-03-29T03:15", null, "2026-03-29 01:00", "2026-03-29 01:15")]
    public void Nothing_is_open_in_a_blackout(string from, string to, string? zone, string closes, string opens)
    {
        var calendar = Always.In("Europe/Berlin").BlackedOut(from, to, zone).Calendar();
        Assert.True(calendar.At(Utc(closes) - _tick).AcceptsNodes);
        Assert.False(calendar.At(Utc(closes)).IsOpen);
        Assert.False(calendar.At(Utc(opens) - _tick).IsOpen);
        Assert.True(calendar.At(Utc(opens)).AcceptsNodes);
        Assert.Equal(Utc(opens), calendar.At(Utc(closes)).NextChange);
    }

    [Fact]
    public void A_blackout_within_one_skipped_hour_is_none() =>
        Assert.Equal(
            "2026-03-29 00:00 to 2026-03-29 04:00",
            AWindow("0 1 * * *").For("4h").In("Europe/Berlin").BlackedOut("2026-03-29T02:15", "2026-03-29T02:45").Lasts("2026-03-29 00:30"));

    [Fact]
    public void The_leap_day_alone_is_none_in_other_years() =>
        Assert.True(Always.BlackedOut("02-29", "02-29").At("2026-03-01 00:00").IsOpen);

    [Fact]
    public void A_day_that_a_zone_skipped_takes_nothing_away() =>
        Assert.True(Always.In("Pacific/Apia").BlackedOut("12-30", "12-30").At("2011-12-30 10:00").IsOpen);

    [Fact]
    public void The_cutoff_counts_from_where_a_blackout_cuts()
    {
        var window = AWindow("0 22 * * *").For("4h").WithCutoff("1h").BlackedOut("01-06", "01-06");
        Assert.Equal("2026-01-05 23:00", Write(window.At("2026-01-05 22:00").LastStart));
        Assert.False(window.At("2026-01-05 23:00").AcceptsNodes);
    }

    [Fact]
    public void Blackouts_that_overlap_are_one()
    {
        var window = Always.BlackedOut("12-24", "12-31").BlackedOut("12-28", "01-06", name: "more").BlackedOut("01-07", "01-07", name: "one more");
        Assert.Equal("2027-01-08 00:00", Write(window.At("2026-12-24 00:00").NextChange));
    }

    [Fact]
    public void A_window_that_is_always_open_is_foreseen_beyond_a_blackout_of_months()
    {
        var state = AWindow("* * * * *").For("10m").BlackedOut("2026-03-01T00:00", "2026-09-30T12:00").At("2026-03-02 00:00");
        Assert.Equal(("2026-09-30 12:00", "2026-09-30 12:00"), (Write(state.NextChange), Write(state.Upcoming[0].OpensAt)));
    }

    [Fact]
    public void A_window_that_a_blackout_covers_all_year_is_looked_at_again_and_never_opens()
    {
        var state = AWindow("0 2 * * *").BlackedOut("01-01", "12-31").At("2026-03-02 00:00");
        Assert.Empty(state.Upcoming);
        Assert.True(state.NextChange > Utc("2030-01-01 00:00"));
    }

    [Theory]
    [InlineData("2026-01-05 22:59", false)]
    [InlineData("2026-01-05 23:00", true)]
    [InlineData("2026-02-01 11:59", true)]
    [InlineData("2026-02-01 12:00", false)]
    [InlineData("2030-01-01 00:00", false)]
    public void Only_while_it_is_valid_a_window_opens(string now, bool open) =>
        Assert.Equal(open, Always.Valid("2026-01-05T23:00", "2026-02-01T12:00").At(now).IsOpen);

    [Fact]
    public void After_it_was_valid_nothing_is_foreseen()
    {
        var state = Always.Valid(null, "2026-02-01T12:00").At("2026-02-01 12:00");
        Assert.Equal((0, null), (state.Upcoming.Count, state.NextChange));
    }

    [Fact]
    public void Before_it_is_valid_the_first_opening_is_foreseen() =>
        Assert.Equal("2027-01-05 23:00", Write(Always.Valid("2027-01-05T23:00", null).At("2026-01-05 00:00").NextChange));

    [Fact]
    public void While_it_is_suspended_nothing_opens_and_nothing_is_foreseen()
    {
        var state = Always.With(spec => spec with { Suspend = true }).At("2026-01-05 00:00");
        Assert.Equal((false, false, 0, null), (state.IsOpen, state.AcceptsNodes, state.Upcoming.Count, state.NextChange));
    }

    [Theory]
    [InlineData(SkippedStart.ShiftForward)]
    [InlineData(SkippedStart.Skip)]
    public void A_blackout_wins_over_everything(SkippedStart skipped) =>
        Assert.False(AWindow("30 2 * * *").In("Europe/Berlin").Where(skipped, RepeatedStart.Second).BlackedOut("03-29", "03-29").At("2026-03-29 01:00").IsOpen);
}
