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
    [InlineData("")]
    [InlineData("Mars/Olympus_Mons")]
    [InlineData("europe/berlin")]
    [InlineData("UTC+3")]
    [InlineData("CEST")]
    [InlineData("Local")]
    public void Of_time_zones(string zone) =>
        Assert.Equal([$"spec.timeZone: \"{zone}\" is not a known IANA time zone such as Europe/Berlin"], Good.In(zone).Errors());

    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    [InlineData("Asia/Calcutta")]
    [InlineData("America/Argentina/Buenos_Aires")]
    public void Aliases_of_time_zones_are_known_too(string zone) => Assert.Empty(Good.In(zone).Errors());

    [Fact]
    public void Of_schedules()
    {
        Assert.Equal(["spec.schedules: must have at least one entry"], AWindow().Errors());
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
                "spec.timeZone: \"Mars\" is not a known IANA time zone such as Europe/Berlin",
            ],
            AWindow().For("0s").WithCutoff("soon").In("Mars").Errors());

    [Fact]
    public void Fields_that_are_null_are_taken_for_empty()
    {
        var spec = new PatchWindowSpec { Schedules = null!, Duration = null!, Cutoff = null!, TimeZone = null! };
        Assert.Null(WindowCalendar.TryCreate(spec, out var errors));
        Assert.Equal(["spec.schedules", "spec.duration", "spec.cutoff", "spec.timeZone"], errors.Select(error => error.Field));
        spec = new PatchWindowSpec { Duration = "1h", Schedules = [null!, new WindowSchedule { Cron = null! }] };
        Assert.Null(WindowCalendar.TryCreate(spec, out errors));
        Assert.Equal(["spec.schedules[0].cron", "spec.schedules[1].cron"], errors.Select(error => error.Field));
    }
}
