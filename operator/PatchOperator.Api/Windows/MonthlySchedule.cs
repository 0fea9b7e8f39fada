namespace PatchOperator.Api;

/// <summary>A day of each month by its name, such as the second Tuesday, and perhaps some days after it or before.</summary>
public sealed record MonthlySchedule
{
    /// <summary>Which of the month's days of that name.</summary>
    public WeekOfMonth Week { get; init; }

    /// <summary>The day's name.</summary>
    public Weekday Weekday { get; init; }

    /// <summary>So many days later, or earlier where it is negative; that may be in another month.</summary>
    public int OffsetDays { get; init; }

    /// <summary>The time of day, such as <c>23:00</c>.</summary>
    public string Time { get; init; } = "";
}
