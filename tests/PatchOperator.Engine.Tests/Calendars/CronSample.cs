using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>
/// A cron expression as sets of numbers, whose text is made from them and not the other way round: what a property compares the real
/// parser and search with. An empty set is a star.
/// </summary>
public sealed record CronSample(
    IReadOnlyList<int> Minutes, IReadOnlyList<int> Hours, IReadOnlyList<int> Days, IReadOnlyList<int> Months, IReadOnlyList<int> Weekdays)
{
    public static Gen<CronSample> Generator { get; } =
        from minutes in Numbers(0, 59)
        from hours in Numbers(0, 23)
        from days in Numbers(1, 31)
        from months in Gen.Frequency((3, Gen.Constant<IReadOnlyList<int>>([])), (1, Numbers(1, 12)))
        from weekdays in Numbers(0, 7)
        select new CronSample(minutes, hours, days, months, weekdays);

    /// <summary>Like the windows of real users: some minute of some hours, on some days.</summary>
    public static Gen<CronSample> Sparse { get; } =
        from sample in Generator
        from minute in Gen.Choose(0, 59)
        from hour in Gen.Choose(0, 23)
        from nightHour in Gen.Choose(0, 4)
        select sample with { Minutes = [minute], Hours = [hour, nightHour], Months = [] };

    public string Text => $"{Write(Minutes)} {Write(Hours)} {Write(Days)} {Write(Months)} {Write(Weekdays)}";

    public override string ToString() => Text;

    public bool Fires(LocalDateTime time) =>
        Has(Minutes, time.Minute) && Has(Hours, time.Hour) && Has(Months, time.Month) && FiresOn(time.Date);

    private bool FiresOn(LocalDate date)
    {
        var byDay = Has(Days, date.Day);
        var byWeekday = Has(Weekdays, (int)date.DayOfWeek) || (date.DayOfWeek == IsoDayOfWeek.Sunday && Has(Weekdays, 0));
        return Days.Count > 0 && Weekdays.Count > 0 ? byDay || byWeekday : byDay && byWeekday;
    }

    private static bool Has(IReadOnlyList<int> numbers, int number) => numbers.Count == 0 || numbers.Contains(number);

    private static string Write(IReadOnlyList<int> numbers) => numbers.Count == 0 ? "*" : string.Join(',', numbers);

    private static Gen<IReadOnlyList<int>> Numbers(int min, int max) =>
        from count in Gen.Choose(0, 3)
        from numbers in Gen.ArrayOf(Gen.Choose(min, max), count)
        select (IReadOnlyList<int>)numbers;
}
