using NodaTime;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>Reads the schedules of a window.</summary>
internal sealed class ScheduleReader(SpecErrorList errors)
{
    private const int MaxOffsetDays = 31;

    /// <summary>The rules that are right; what is wrong with the others is in the list.</summary>
    public IReadOnlyList<ILocalTimes> Read(IReadOnlyList<WindowSchedule?> schedules)
    {
        if (schedules.Count == 0)
            errors.Add("spec.schedules", "must have at least one entry");
        if (schedules.Count > Limits.WindowSchedules)
            errors.Add("spec.schedules", $"must have at most {Limits.WindowSchedules} entries, but has {schedules.Count}");
        return
        [
            .. schedules.Take(Limits.WindowSchedules).Select((schedule, index) => Read(schedule ?? new WindowSchedule(), $"spec.schedules[{index}]"))
                .OfType<ILocalTimes>(),
        ];
    }

    private ILocalTimes? Read(WindowSchedule schedule, string field)
    {
        switch (schedule)
        {
            case { Cron: { } cron, At: null, Monthly: null }:
                return CronExpression.TryParse(cron, out var expression, out var error) ? expression : Reject($"{field}.cron", error);
            case { Cron: null, At: { } at, Monthly: null }:
                return LocalTexts.DateTime.Parse(at) is { Success: true } time
                    ? new OneTime(time.Value)
                    : Reject($"{field}.at", $"\"{at}\" is not a local date-time such as 2026-12-24T22:00");
            case { Cron: null, At: null, Monthly: { } monthly }:
                return Read(monthly, $"{field}.monthly");
            default:
                return Reject(field, "must have exactly one of cron, at and monthly");
        }
    }

    private MonthlyTimes? Read(MonthlySchedule monthly, string field)
    {
        var time = LocalTexts.TimeOfDay.Parse(monthly.Time ?? "");
        if (!time.Success)
            errors.Add($"{field}.time", $"\"{monthly.Time}\" is not a time of day such as 23:00");
        var farOff = Math.Abs((long)monthly.OffsetDays) > MaxOffsetDays;
        if (farOff)
            errors.Add($"{field}.offsetDays", $"{monthly.OffsetDays} is not between -{MaxOffsetDays} and {MaxOffsetDays}");
        return time.Success && !farOff
            ? new MonthlyTimes(monthly.Week, IsoDayOfWeek.Monday + (int)monthly.Weekday, monthly.OffsetDays, time.Value)
            : null;
    }

    private ILocalTimes? Reject(string field, string message)
    {
        errors.Add(field, message);
        return null;
    }
}
