using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Tests.Calendars;

public class CronExpressionProperties
{
    private const int MinutesLookedAt = 40 * 24 * 60;

    private static readonly Gen<LocalDateTime> _times =
        from minutes in Gen.Choose(0, 10 * 366 * 24 * 60)
        from seconds in Gen.Choose(0, 59)
        select new LocalDateTime(2024, 1, 1, 0, 0).PlusMinutes(minutes).PlusSeconds(seconds);

    [Fact]
    public void Next_agrees_with_looking_at_every_minute() =>
        Prop.ForAll(CronSample.Generator.ToArbitrary(), _times.ToArbitrary(), (sample, after) =>
        {
            if (!CronExpression.TryParse(sample.Text, out var expression, out var error))
                return error == "never fires: none of its months has such a day";
            var limit = after.PlusMinutes(MinutesLookedAt);
            var next = expression.Next(after);
            return FirstByMinute(sample, after) is { } expected ? next == expected : next is null || next > limit;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Last_and_Next_are_neighbours() =>
        Prop.ForAll(CronSample.Generator.ToArbitrary(), _times.ToArbitrary(), (sample, time) =>
        {
            if (!CronExpression.TryParse(sample.Text, out var expression, out _))
                return true;
            var last = expression.Last(time)!.Value;
            var next = expression.Next(time)!.Value;
            return last <= time && time < next && expression.Next(last) == next && expression.Last(next.PlusTicks(-1)) == last;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_it_throw() =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("0", "1", "59", "7", "*", "/", "-", ",", " ", " ", "MON", "@daily", "L")).ToArbitrary(),
            parts => CronExpression.TryParse(string.Concat(parts), out var expression, out var error)
                ? expression is not null && error is null
                : expression is null && error is not null).QuickCheckThrowOnFailure();

    private static LocalDateTime? FirstByMinute(CronSample sample, LocalDateTime after)
    {
        var minute = new LocalDateTime(after.Year, after.Month, after.Day, after.Hour, after.Minute);
        for (var i = 0; i < MinutesLookedAt; i++)
        {
            minute = minute.PlusMinutes(1);
            if (sample.Fires(minute))
                return minute;
        }
        return null;
    }
}
