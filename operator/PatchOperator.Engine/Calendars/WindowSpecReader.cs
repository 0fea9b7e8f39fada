using NodaTime;
using NodaTime.TimeZones;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// Turns a window's spec into its calendar, and collects what is wrong with it. The schema refuses much of that already, but not all, and
/// not on every version of Kubernetes; absent and null fields are taken for empty ones.
/// </summary>
internal sealed class WindowSpecReader
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(31);

    private readonly List<SpecError> errors = [];

    public IReadOnlyList<SpecError> Errors => errors;

    public WindowCalendar? Read(PatchWindowSpec spec)
    {
        var expressions = ReadSchedules(spec.Schedules ?? []);
        var duration = ReadDuration(spec.Duration);
        var cutoff = ReadCutoff(spec.Cutoff, duration);
        var zone = ReadTimeZone(spec.TimeZone);
        return errors.Count == 0 ? new WindowCalendar(new ZonedStarts(expressions, zone!), duration!.Value, cutoff!.Value) : null;
    }

    private List<CronExpression> ReadSchedules(List<WindowSchedule> schedules)
    {
        var expressions = new List<CronExpression>(schedules.Count);
        if (schedules.Count == 0)
            Reject("spec.schedules", "must have at least one entry");
        if (schedules.Count > Limits.WindowSchedules)
            Reject("spec.schedules", $"must have at most {Limits.WindowSchedules} entries, but has {schedules.Count}");
        for (var i = 0; i < Math.Min(schedules.Count, Limits.WindowSchedules); i++)
        {
            if (CronExpression.TryParse(schedules[i]?.Cron ?? "", out var expression, out var error))
                expressions.Add(expression);
            else
                Reject($"spec.schedules[{i}].cron", error);
        }
        return expressions;
    }

    private TimeSpan? ReadDuration(string? text)
    {
        const string Field = "spec.duration";
        if (!Durations.TryParse(text, out var duration))
            return Reject(Field, $"\"{text}\" is not a duration such as 4h or 1d12h");
        if (duration == TimeSpan.Zero)
            return Reject(Field, "must be longer than zero, such as 4h");
        if (duration > MaxDuration)
            return Reject(Field, $"must not be longer than {Durations.Format(MaxDuration)}");
        return duration;
    }

    private TimeSpan? ReadCutoff(string? text, TimeSpan? duration)
    {
        const string Field = "spec.cutoff";
        if (!Durations.TryParse(text, out var cutoff))
            return Reject(Field, $"\"{text}\" is not a duration such as 30m or 0s");
        if (cutoff >= duration)
            return Reject(Field, $"must be shorter than the duration, which is {Durations.Format(duration.Value)}");
        return cutoff;
    }

    /// <summary>
    /// Only names out of the IANA data count: NodaTime would also take "UTC+3" for a zone, which nothing else in the cluster does.
    /// </summary>
    private DateTimeZone? ReadTimeZone(string? name)
    {
        if (TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(name ?? ""))
            return DateTimeZoneProviders.Tzdb[name!];
        Reject("spec.timeZone", $"\"{name}\" is not a known IANA time zone such as Europe/Berlin");
        return null;
    }

    private TimeSpan? Reject(string field, string message)
    {
        errors.Add(new SpecError(field, message));
        return null;
    }
}
