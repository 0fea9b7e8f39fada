using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>The instants of a cron expression in a time zone.</summary>
public sealed class Schedule
{
    private readonly ZonedStarts starts;

    private Schedule(ZonedStarts starts)
    {
        this.starts = starts;
    }

    /// <summary>Reads a schedule; what is wrong with it names the field below <paramref name="field"/>.</summary>
    public static bool TryCreate(ImageSchedule spec, string field, [NotNullWhen(true)] out Schedule? schedule, out IReadOnlyList<SpecError> errors)
    {
        var found = new List<SpecError>();
        if (!CronExpression.TryParse(spec.Cron, out var expression, out var problem))
            found.Add(new SpecError($"{field}.cron", problem));
        if (!TimeZones.TryGet(spec.TimeZone, out var zone, out var unknown))
            found.Add(new SpecError($"{field}.timeZone", unknown));
        errors = found;
        schedule = found.Count == 0 ? new Schedule(new ZonedStarts([expression!], zone!)) : null;
        return schedule is not null;
    }

    /// <summary>The last instant that is not after <paramref name="now"/>.</summary>
    public DateTimeOffset? Last(DateTimeOffset now) => starts.NotAfter(Instant.FromDateTimeOffset(now))?.ToDateTimeOffset();

    /// <summary>The first instant after <paramref name="now"/>.</summary>
    public DateTimeOffset? Next(DateTimeOffset now) => starts.After(Instant.FromDateTimeOffset(now))?.ToDateTimeOffset();
}
