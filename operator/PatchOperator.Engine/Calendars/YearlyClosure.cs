using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>Days of each year on which a window stays closed, from the first to the last of them; where the first is the later one, over New Year.</summary>
internal sealed class YearlyClosure(string name, AnnualDate first, AnnualDate last, DateTimeZone zone) : IClosure
{
    public string Name => name;

    public Interval? Around(Instant instant) => InYearsFrom(instant, 2).FirstOrDefault(time => time!.Value.Contains(instant));

    // 29 February alone comes every four years, or after eight.
    public Interval? After(Instant instant) => InYearsFrom(instant, 10).FirstOrDefault(time => time!.Value.Start > instant);

    /// <summary>Those of so many years, from the one before an instant on.</summary>
    private IEnumerable<Interval?> InYearsFrom(Instant instant, int count) =>
        Enumerable.Range(instant.InZone(zone).Year - 1, count).Select(InYear).Where(time => time is not null);

    // Where a year has no 29 February, its place is between the 28th and 1 March.
    private Interval? InYear(int year)
    {
        var from = first.IsValidYear(year) ? first.InYear(year) : new LocalDate(year, 3, 1);
        var lastYear = last.CompareTo(first) < 0 ? year + 1 : year;
        var until = last.InYear(lastYear).PlusDays(1);
        var (start, end) = (StartOf(from), StartOf(until));
        return start < end ? new Interval(start, end) : null;
    }

    private Instant StartOf(LocalDate day) => zone.ResolveLocal(day.AtMidnight(), LocalTexts.Lenient).ToInstant();
}
