namespace PatchOperator.Api;

/// <summary>A rule for when a window opens: one of the three.</summary>
public sealed record WindowSchedule
{
    /// <summary>Five fields; names of months and days are allowed; day-of-month OR day-of-week, as cron does.</summary>
    public string? Cron { get; init; }

    /// <summary>A local date-time, once, such as <c>2026-12-24T22:00</c>.</summary>
    public string? At { get; init; }

    /// <summary>A day of each month by its name.</summary>
    public MonthlySchedule? Monthly { get; init; }
}
