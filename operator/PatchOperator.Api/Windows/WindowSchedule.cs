namespace PatchOperator.Api;

/// <summary>A rule for when a window opens.</summary>
public sealed record WindowSchedule
{
    /// <summary>Five fields; names of months and days are allowed; day-of-month OR day-of-week, as cron does.</summary>
    public string Cron { get; init; } = "";
}
