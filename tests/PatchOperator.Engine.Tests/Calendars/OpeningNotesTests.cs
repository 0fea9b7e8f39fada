using PatchOperator.Api;
using static PatchOperator.Engine.Tests.Calendars.WindowBuilder;

namespace PatchOperator.Engine.Tests.Calendars;

public class OpeningNotesTests
{
    [Fact]
    public void An_opening_as_the_schedules_have_it_has_none() =>
        Assert.Equal(["2026-01-05 23:00 to 2026-01-06 00:00"], AWindow("0 23 * * MON").Foresees("2026-01-01 00:00", 1));

    [Theory]
    [InlineData(SkippedStart.ShiftForward, "2026-03-29 01:00 to 2026-03-29 02:00 (shifted: 2026-03-29 02:30 does not exist in Europe/Berlin)", "2026-03-30 00:30 to 2026-03-30 01:30")]
    [InlineData(SkippedStart.Skip, "2026-03-30 00:30 to 2026-03-30 01:30 (skipped before: 2026-03-29 02:30, which does not exist in Europe/Berlin)", "2026-03-31 00:30 to 2026-03-31 01:30")]
    public void A_start_that_the_clocks_skip(SkippedStart skipped, params string[] expected) =>
        Assert.Equal(expected, AWindow("30 2 * * *").In("Europe/Berlin").Where(skipped).Foresees("2026-03-28 12:00"));

    [Fact]
    public void A_start_at_the_very_change_is_not_shifted() =>
        Assert.Equal(["2026-03-29 01:00 to 2026-03-29 02:00"], AWindow("30 2 * * *", "0 3 * * *").In("Europe/Berlin").Foresees("2026-03-28 12:00", 1));

    [Fact]
    public void Openings_that_a_blackout_covers_are_skipped_and_named_by_the_first_and_the_last()
    {
        var window = AWindow("0 22 * * *").For("2h").BlackedOut("12-24", "01-01");
        Assert.Equal(
            ["2026-12-23 22:00 to 2026-12-24 00:00", "2027-01-02 22:00 to 2027-01-03 00:00 (skipped before: 2026-12-24 22:00 to 2027-01-01 22:00, by blackout 'holidays')"],
            window.Foresees("2026-12-23 00:00"));
        Assert.Equal(window.Foresees("2026-12-23 00:00")[1], window.Foresees("2026-12-30 00:00")[0]);
    }

    [Fact]
    public void One_opening_that_a_blackout_covers_is_skipped() =>
        Assert.Equal(
            ["2027-01-04 23:00 to 2027-01-05 00:00 (skipped before: 2026-12-28 23:00, by blackout 'holidays')"],
            AWindow("0 23 * * MON").BlackedOut("12-24", "01-01").Foresees("2026-12-27 00:00", 1));

    [Fact]
    public void Openings_that_reach_into_a_blackout_or_out_of_it_are_cut() =>
        Assert.Equal(
            [
                "2026-12-23 22:00 to 2026-12-24 00:00 (cut: closes as blackout 'holidays' begins)",
                "2027-01-02 00:00 to 2027-01-02 02:00 (cut: opens as blackout 'holidays' ends)",
            ],
            AWindow("0 22 * * *").For("4h").BlackedOut("12-24", "01-01").Foresees("2026-12-23 12:00"));

    [Fact]
    public void A_blackout_in_the_middle_makes_two_of_one() =>
        Assert.Equal(
            [
                "2026-01-05 20:00 to 2026-01-05 22:00 (cut: closes as blackout 'holidays' begins)",
                "2026-01-05 23:00 to 2026-01-06 02:00 (cut: opens as blackout 'holidays' ends)",
            ],
            AWindow("0 20 * * MON").For("6h").BlackedOut("2026-01-05T22:00", "2026-01-05T23:00").Foresees("2026-01-05 00:00"));

    [Fact]
    public void An_opening_that_is_left_too_short_takes_no_node()
    {
        var window = AWindow("0 22 * * *").For("4h").WithCutoff("30m").BlackedOut("2026-01-05T22:30", "2026-01-06T22:00");
        Assert.Equal(
            "2026-01-05 22:00 to 2026-01-05 22:30 (cut: closes as blackout 'holidays' begins; takes no node: not longer than its cutoff)",
            window.Lasts("2026-01-05 22:00"));
        Assert.False(window.At("2026-01-05 22:00").AcceptsNodes);
    }

    [Fact]
    public void Validity_cuts_too() =>
        Assert.Equal(
            [
                "2026-01-06 00:00 to 2026-01-06 02:00 (cut: opens as the time before validFrom ends)",
                "2026-01-06 22:00 to 2026-01-07 00:00 (cut: closes as the time after validUntil begins)",
            ],
            AWindow("0 22 * * *").For("4h").Valid("2026-01-06T00:00", "2026-01-07T00:00").Foresees("2026-01-01 00:00", 5));
}
