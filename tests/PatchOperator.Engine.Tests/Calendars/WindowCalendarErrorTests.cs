using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using static PatchOperator.Engine.Tests.Calendars.WindowBuilder;

namespace PatchOperator.Engine.Tests.Calendars;

public class WindowCalendarErrorTests
{
    private static WindowBuilder Good => AWindow("0 23 * * MON").For("4h").WithCutoff("30m");

    [Theory]
    [InlineData("", "spec.duration: \"\" is not a duration such as 4h or 1d12h")]
    [InlineData("4 hours", "spec.duration: \"4 hours\" is not a duration such as 4h or 1d12h")]
    [InlineData("0s", "spec.duration: must be longer than zero, such as 4h")]
    [InlineData("31d1s", "spec.duration: must not be longer than 31d")]
    [InlineData("30m", "spec.cutoff: must be shorter than the duration, which is 30m")]
    [InlineData("29m", "spec.cutoff: must be shorter than the duration, which is 29m")]
    public void Of_durations(string duration, string expected) => Assert.Equal([expected], Good.For(duration).Errors());

    [Theory]
    [InlineData("", "spec.cutoff: \"\" is not a duration such as 30m or 0s")]
    [InlineData("-5m", "spec.cutoff: \"-5m\" is not a duration such as 30m or 0s")]
    [InlineData("4h", "spec.cutoff: must be shorter than the duration, which is 4h")]
    [InlineData("1d", "spec.cutoff: must be shorter than the duration, which is 4h")]
    public void Of_cutoffs(string cutoff, string expected) => Assert.Equal([expected], Good.WithCutoff(cutoff).Errors());

    [Theory]
    [InlineData("", "\"\" is not a known IANA time zone such as Europe/Berlin")]
    [InlineData("europe/berlin", "\"europe/berlin\" is not a known IANA time zone; the closest is Europe/Berlin")]
    [InlineData("Europe/Berln", "\"Europe/Berln\" is not a known IANA time zone; the closest is Europe/Berlin")]
    [InlineData("Berlin", "\"Berlin\" is not a known IANA time zone; the closest is Europe/Berlin")]
    [InlineData("UTC+3", "\"UTC+3\" is not a known IANA time zone; the closest is UTC")]
    [InlineData("CEST", "\"CEST\" is not a known IANA time zone; the closest is CET")]
    [InlineData("US/Pacifc", "\"US/Pacifc\" is not a known IANA time zone; the closest is US/Pacific")]
    public void Of_time_zones_that_do_not_exist_the_closest_that_does_is_named(string zone, string expected) =>
        Assert.Equal([$"spec.timeZone: {expected}"], Good.In(zone).Errors());

    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    [InlineData("Asia/Calcutta")]
    [InlineData("America/Argentina/Buenos_Aires")]
    public void Aliases_of_time_zones_are_known_too(string zone) => Assert.Empty(Good.In(zone).Errors());

    [Theory]
    [InlineData("US/Pacific", "America/Los_Angeles")]
    [InlineData("Europe/Kiev", "Europe/Kyiv")]
    [InlineData("Asia/Calcutta", "Asia/Kolkata")]
    [InlineData("Etc/UTC", "UTC")]
    [InlineData("UTC", "UTC")]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    public void A_time_zone_is_called_by_the_name_that_it_has_today(string zone, string canonical) => Assert.Equal(canonical, Good.In(zone).Calendar().TimeZone);

    [Fact]
    public void Of_schedules()
    {
        Assert.Equal(["spec.schedules: must have at least one entry"], AWindow(Array.Empty<string>()).Errors());
        Assert.Equal(
            ["spec.schedules: must have at most 20 entries, but has 21"], AWindow([.. Enumerable.Repeat("@daily", 21)]).Errors());
        Assert.Equal(
            [
                "spec.schedules[1].cron: minute: 61 is not between 0 and 59",
                "spec.schedules[2].cron: never fires: none of its months has such a day",
            ],
            AWindow("@daily", "61 * * * *", "0 0 30 2 *").Errors());
    }

    [Fact]
    public void Of_everything_at_once() =>
        Assert.Equal(
            [
                "spec.schedules: must have at least one entry",
                "spec.duration: must be longer than zero, such as 4h",
                "spec.cutoff: \"soon\" is not a duration such as 30m or 0s",
                "spec.timeZone: \"Mars\" is not a known IANA time zone; the closest is Eire",
            ],
            AWindow(Array.Empty<string>()).For("0s").WithCutoff("soon").In("Mars").Errors());

    [Fact]
    public void Fields_that_are_null_are_taken_for_empty()
    {
        var spec = new PatchWindowSpec { Schedules = null!, Duration = null!, Cutoff = null!, TimeZone = null!, Blackouts = null! };
        Assert.Null(WindowCalendar.TryCreate(spec, out var errors));
        Assert.Equal(["spec.schedules", "spec.duration", "spec.cutoff", "spec.timeZone"], errors.Select(error => error.Field));
        spec = new PatchWindowSpec { Duration = "1h", Schedules = [null!, new WindowSchedule { Cron = null! }] };
        Assert.Null(WindowCalendar.TryCreate(spec, out errors));
        Assert.Equal(["spec.schedules[0]", "spec.schedules[1]"], errors.Select(error => error.Field));
    }

    [Fact]
    public void Of_the_forms_of_a_schedule()
    {
        Assert.Equal(
            [
                "spec.schedules[0]: must have exactly one of cron, at and monthly",
                "spec.schedules[1]: must have exactly one of cron, at and monthly",
                "spec.schedules[2].at: \"2026-02-30T22:00\" is not a local date-time such as 2026-12-24T22:00",
                "spec.schedules[3].at: \"2026-12-24\" is not a local date-time such as 2026-12-24T22:00",
                "spec.schedules[4].monthly.time: \"24:00\" is not a time of day such as 23:00",
                "spec.schedules[4].monthly.offsetDays: 32 is not between -31 and 31",
            ],
            AWindow(
                new WindowSchedule(),
                new WindowSchedule { Cron = "@daily", At = "2026-12-24T22:00" },
                Once("2026-02-30T22:00"),
                Once("2026-12-24"),
                Monthly(WeekOfMonth.Second, Weekday.Tuesday, 32, "24:00")).Errors());
        Assert.Equal(
            ["spec.schedules[0].monthly.offsetDays: -2147483648 is not between -31 and 31"],
            AWindow(Monthly(WeekOfMonth.Second, Weekday.Tuesday, int.MinValue)).Errors());
    }

    [Theory]
    [InlineData("2027-01-06T06:00", "2026-12-24T18:00", "spec.validUntil: must be later than validFrom")]
    [InlineData("2027-01-06T06:00", "2027-01-06T06:00", "spec.validUntil: must be later than validFrom")]
    [InlineData("soon", null, "spec.validFrom: \"soon\" is not a local date-time such as 2026-12-24T22:00")]
    [InlineData(null, "2026-12-24T18:00Z", "spec.validUntil: \"2026-12-24T18:00Z\" is not a local date-time such as 2026-12-24T22:00")]
    public void Of_the_time_in_which_it_is_valid(string? from, string? until, string expected) => Assert.Equal([expected], Good.Valid(from, until).Errors());

    [Theory]
    [InlineData("12-24", "2027-01-06T06:00")]
    [InlineData("12-24", "01-32")]
    [InlineData("02-30", "03-01")]
    [InlineData("2026-12-24", "2027-01-06")]
    [InlineData("", "")]
    public void Of_blackouts_that_are_neither_date_times_nor_days(string from, string to) =>
        Assert.Equal(
            [
                $"spec.blackouts[0]: \"{from}\" to \"{to}\" must be two local date-times such as 2026-12-24T18:00, or two days that come every year, such as "
                    + "12-24",
            ],
            Good.BlackedOut(from, to).Errors());

    [Fact]
    public void Of_blackouts()
    {
        Assert.Equal(["spec.blackouts[0].to: must be later than from"], Good.BlackedOut("2026-12-24T18:00", "2026-12-24T18:00").Errors());
        Assert.Equal(
            ["spec.blackouts[0].timeZone: \"Berlin\" is not a known IANA time zone; the closest is Europe/Berlin"],
            Good.BlackedOut("12-24", "12-26", "Berlin").Errors());
        Assert.Equal(["spec.blackouts[0].name: must not be empty"], Good.BlackedOut("12-24", "12-26", name: "").Errors());
        Assert.Equal(
            ["spec.blackouts: has more than one with the name \"holidays\""],
            Good.BlackedOut("12-24", "12-26").BlackedOut("01-01", "01-01").Errors());
        Assert.Equal(
            ["spec.blackouts: must have at most 50 entries, but has 51"],
            Good.With(spec => spec with
            {
                Blackouts = [.. Enumerable.Range(0, 51).Select(index => new WindowBlackout { Name = $"{index}", From = "12-24", To = "12-26" })],
            }).Errors());
    }
}
