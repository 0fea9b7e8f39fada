using NodaTime;
using NodaTime.Text;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Tests.Calendars;

public class CronExpressionTests
{
    private static readonly LocalDateTimePattern _minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    [Theory]
    // Every field on its own; 2026-01-01 is a Thursday.
    [InlineData("* * * * *", "2026-01-01 00:00", "2026-01-01 00:01")]
    [InlineData("30 2 * * *", "2026-01-01 00:00", "2026-01-01 02:30")]
    [InlineData("30 2 * * *", "2026-01-01 02:30", "2026-01-02 02:30")]
    [InlineData("0 0 15 * *", "2026-01-15 00:00", "2026-02-15 00:00")]
    [InlineData("0 0 1 7 *", "2026-01-01 00:00", "2026-07-01 00:00")]
    [InlineData("0 23 * * 1", "2026-01-01 00:00", "2026-01-05 23:00")]
    // Lists, ranges, steps.
    [InlineData("5,10 1 * * *", "2026-01-01 01:05", "2026-01-01 01:10")]
    [InlineData("0 8-10 * * *", "2026-01-01 10:00", "2026-01-02 08:00")]
    [InlineData("*/20 * * * *", "2026-01-01 00:40", "2026-01-01 01:00")]
    [InlineData("10-40/15 * * * *", "2026-01-01 00:10", "2026-01-01 00:25")]
    [InlineData("10-40/15 * * * *", "2026-01-01 00:40", "2026-01-01 01:10")]
    [InlineData("0 0-4/2,22 * * *", "2026-01-01 04:00", "2026-01-01 22:00")]
    [InlineData("0 0 */2 * *", "2026-01-31 00:00", "2026-02-01 00:00")]
    [InlineData("0 0 1 */6 *", "2026-01-01 00:00", "2026-07-01 00:00")]
    // Names, in any case; Sunday is 0 and 7.
    [InlineData("0 0 1 FEB *", "2026-01-01 00:00", "2026-02-01 00:00")]
    [InlineData("0 0 1 oct-Dec *", "2026-01-01 00:00", "2026-10-01 00:00")]
    [InlineData("0 0 * * sun", "2026-01-01 00:00", "2026-01-04 00:00")]
    [InlineData("0 0 * * 0", "2026-01-01 00:00", "2026-01-04 00:00")]
    [InlineData("0 0 * * 7", "2026-01-01 00:00", "2026-01-04 00:00")]
    [InlineData("0 0 * * 6-7", "2026-01-03 00:00", "2026-01-04 00:00")]
    [InlineData("0 0 * * FRI-SUN", "2026-01-03 00:00", "2026-01-04 00:00")]
    [InlineData("0 0 * * FRI-SUN", "2026-01-04 00:00", "2026-01-09 00:00")]
    [InlineData("0 0 * * SUN-TUE", "2026-01-06 00:00", "2026-01-11 00:00")]
    [InlineData("0 0 * * */2", "2026-01-04 00:00", "2026-01-06 00:00")]
    [InlineData("0 0 * * */7", "2026-01-01 00:00", "2026-01-04 00:00")]
    // Day of month OR day of week, but AND where either starts with a star.
    [InlineData("0 0 13 * FRI", "2026-01-01 00:00", "2026-01-02 00:00")]
    [InlineData("0 0 13 * FRI", "2026-01-09 00:00", "2026-01-13 00:00")]
    [InlineData("0 0 */5 * FRI", "2026-01-02 00:00", "2026-01-16 00:00")]
    [InlineData("0 0 1-7 * */7", "2026-01-04 00:00", "2026-02-01 00:00")]
    // Ends of months and years, leap days, centuries.
    [InlineData("0 0 31 * *", "2026-01-31 00:00", "2026-03-31 00:00")]
    [InlineData("59 23 31 12 *", "2026-12-31 23:59", "2027-12-31 23:59")]
    [InlineData("* * * * *", "2026-12-31 23:59", "2027-01-01 00:00")]
    [InlineData("0 2 29 2 *", "2026-01-01 00:00", "2028-02-29 02:00")]
    [InlineData("0 2 29 2 *", "2096-02-29 02:00", "2104-02-29 02:00")]
    [InlineData("0 0 30 2 MON", "2026-01-31 00:00", "2026-02-02 00:00")]
    [InlineData("0 0 29 2 */7", "2026-01-01 00:00", "2032-02-29 00:00")]
    [InlineData("0 0 29 2 */7", "2088-02-29 00:00", "2128-02-29 00:00")]
    // Macros.
    [InlineData("@hourly", "2026-01-01 00:00", "2026-01-01 01:00")]
    [InlineData("@daily", "2026-01-01 00:00", "2026-01-02 00:00")]
    [InlineData("@midnight", "2026-01-01 00:00", "2026-01-02 00:00")]
    [InlineData("@weekly", "2026-01-01 00:00", "2026-01-04 00:00")]
    [InlineData("@monthly", "2026-01-01 00:00", "2026-02-01 00:00")]
    [InlineData("@yearly", "2026-01-01 00:00", "2027-01-01 00:00")]
    [InlineData("@Annually", "2026-01-01 00:00", "2027-01-01 00:00")]
    [InlineData(" 30\t2  * * * ", "2026-01-01 00:00", "2026-01-01 02:30")]
    public void Fires_next_and_not_in_between(string cron, string after, string expected)
    {
        var expression = Parse(cron);
        Assert.Equal(Local(expected), expression.Next(Local(after)));
        Assert.Equal(Local(expected), expression.Last(Local(expected)));
        Assert.True(expression.Last(Local(expected).PlusNanoseconds(-1)) <= Local(after));
    }

    [Fact]
    public void Next_is_strictly_after_even_by_less_than_a_minute()
    {
        var nightly = Parse("0 23 * * *");
        Assert.Equal(Local("2026-01-01 23:00"), nightly.Next(Local("2026-01-01 23:00").PlusTicks(-1)));
        Assert.Equal(Local("2026-01-02 23:00"), nightly.Next(Local("2026-01-01 23:00").PlusTicks(1)));
        Assert.Equal(Local("2026-01-01 23:00"), nightly.Last(Local("2026-01-01 23:00").PlusTicks(1)));
        Assert.Equal(Local("2025-12-31 23:00"), nightly.Last(Local("2026-01-01 23:00").PlusTicks(-1)));
    }

    [Fact]
    public void Every_day_of_the_week_gets_its_leap_day_across_all_of_the_calendar()
    {
        for (var weekday = 0; weekday < 7; weekday++)
        {
            var expression = Parse($"0 0 29 2 */{(weekday == 0 ? 7 : weekday)}");
            for (var year = 1900; year < 2300; year++)
                Assert.NotNull(expression.Next(new LocalDateTime(year, 3, 1, 0, 0)));
        }
    }

    [Fact]
    public void The_calendar_ends_without_a_crash()
    {
        var yearly = Parse("@yearly");
        Assert.Null(yearly.Next(LocalDate.MaxIsoValue.At(new LocalTime(23, 59))));
        Assert.Null(yearly.Last(new LocalDateTime(-5, 1, 1, 0, 0)));
    }

    [Theory]
    [InlineData("", "must have five fields (minute hour day-of-month month day-of-week), such as 0 23 * * MON, but has 0")]
    [InlineData("0 23 * *", "must have five fields (minute hour day-of-month month day-of-week), such as 0 23 * * MON, but has 4")]
    [InlineData("0 0 23 * * *", "must have five fields (minute hour day-of-month month day-of-week), such as 0 23 * * MON, but has 6")]
    [InlineData("@reboot", "a macro must be one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually")]
    [InlineData("61 * * * *", "minute: 61 is not between 0 and 59")]
    [InlineData("0 24 * * *", "hour: 24 is not between 0 and 23")]
    [InlineData("0 0 0 * *", "day-of-month: 0 is not between 1 and 31")]
    [InlineData("0 0 32 * *", "day-of-month: 32 is not between 1 and 31")]
    [InlineData("0 0 1 13 *", "month: 13 is not between 1 and 12 or a name from JAN to DEC")]
    [InlineData("0 0 * * 8", "day-of-week: 8 is not between 0 and 7 or a name from SUN to SAT")]
    [InlineData("0 0 1 JANUARY *", "month: \"JANUARY\" is not a number between 1 and 12 or a name from JAN to DEC")]
    [InlineData("MON 0 * * *", "minute: \"MON\" is not a number between 0 and 59")]
    [InlineData("-5 0 * * *", "minute: a number is missing, it must be between 0 and 59")]
    [InlineData("+5 0 * * *", "minute: \"+5\" is not a number between 0 and 59")]
    [InlineData("1,,2 0 * * *", "minute: a number is missing, it must be between 0 and 59")]
    [InlineData("0 5- * * *", "hour: a number is missing, it must be between 0 and 23")]
    [InlineData("0 5-3 * * *", "hour: 5-3 runs backwards")]
    [InlineData("0 1-2-3 * * *", "hour: \"2-3\" is not a number between 0 and 23")]
    [InlineData("*/0 * * * *", "minute: step 0 is not between 1 and 59")]
    [InlineData("*/90 * * * *", "minute: step 90 is not between 1 and 59")]
    [InlineData("*/x * * * *", "minute: step \"x\" is not a number between 1 and 59")]
    [InlineData("*/ * * * *", "minute: step \"\" is not a number between 1 and 59")]
    [InlineData("5/10 * * * *", "minute: 5/10 needs a range before the step, such as 5-59/10")]
    [InlineData("0 0 L * *", "day-of-month: \"L\" is not a number between 1 and 31")]
    [InlineData("0 0 15W * *", "day-of-month: \"15W\" is not a number between 1 and 31")]
    [InlineData("0 0 * * MON#2", "day-of-week: \"MON#2\" is not a number between 0 and 7 or a name from SUN to SAT")]
    [InlineData("0 0 ? * *", "day-of-month: \"?\" is not a number between 1 and 31")]
    [InlineData("99999999999 0 * * *", "minute: \"99999999999\" is not a number between 0 and 59")]
    [InlineData("0 0 30 2 *", "never fires: none of its months has such a day")]
    [InlineData("0 0 31 APR,JUN,SEP,NOV *", "never fires: none of its months has such a day")]
    public void Errors_name_the_field_and_what_is_allowed(string cron, string expected)
    {
        Assert.False(CronExpression.TryParse(cron, out var expression, out var error));
        Assert.Null(expression);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Is_written_as_it_was_read() => Assert.Equal("0 23 * * mon", Parse("0 23 * * mon").ToString());

    private static CronExpression Parse(string cron)
    {
        Assert.True(CronExpression.TryParse(cron, out var expression, out var error), error);
        return expression;
    }

    private static LocalDateTime Local(string text) => _minutes.Parse(text).Value;
}
