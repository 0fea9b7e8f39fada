using NodaTime;
using PatchOperator.Api;
using PatchOperator.Engine.Selection;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// Reads a window's spec, and collects what is wrong with it. The schema refuses much of that already, but not all, and not on every version of
/// Kubernetes; absent and null fields are taken for empty ones.
/// </summary>
internal sealed class WindowSpecReader
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(31);

    private readonly SpecErrorList errors = new();

    /// <summary>What the spec says; null when anything is wrong with it.</summary>
    public static WindowTerms? Read(PatchWindowSpec spec, out IReadOnlyList<SpecError> errors)
    {
        var reader = new WindowSpecReader();
        var terms = reader.Read(spec);
        errors = reader.errors.All;
        return terms;
    }

    private WindowTerms? Read(PatchWindowSpec spec)
    {
        ReadSelector(spec);
        var schedules = new ScheduleReader(errors).Read(spec.Schedules ?? []);
        var duration = ReadDuration(spec.Duration);
        var cutoff = ReadCutoff(spec.Cutoff, duration);
        if (!TimeZones.TryGet(spec.TimeZone, out var zone, out var problem))
            errors.Add("spec.timeZone", problem);
        var nodeZones = ReadPlaces(spec, zone);
        var validity = ReadValidity(spec);
        var blackouts = new BlackoutReader(errors).Read(spec.Blackouts ?? []);
        if (spec.Effect == WindowEffect.Blackout && cutoff > TimeSpan.Zero)
            errors.Add("spec.cutoff", "is for windows that allow patching: a Blackout starts no node");
        return errors.All.Count > 0 ? null : new WindowTerms
        {
            Effect = spec.Effect,
            Schedules = schedules,
            Duration = Duration.FromTimeSpan(duration!.Value),
            Cutoff = Duration.FromTimeSpan(cutoff!.Value),
            Zone = zone!,
            NodeZones = nodeZones,
            SkippedStart = spec.SkippedStart,
            RepeatedStart = spec.RepeatedStart,
            Closures = [.. validity, .. blackouts],
            Suspended = spec.Suspend,
        };
    }

    private void ReadSelector(PatchWindowSpec spec)
    {
        if (spec.PolicySelector is not { } selector)
            return;
        if (spec.Effect != WindowEffect.Blackout)
            errors.Add("spec.policySelector", "is for the effect Blackout alone: a policy names the windows that allow patching");
        foreach (var error in LabelSelectors.Validate(selector, "spec.policySelector"))
            errors.Add(error.Field, error.Message);
    }

    private NodeZones? ReadPlaces(PatchWindowSpec spec, DateTimeZone? zone)
    {
        var zones = new ZoneMapReader(errors).Read(spec.ZoneMap ?? [], zone ?? DateTimeZone.Utc);
        if (spec.Timing == WindowTiming.NodeLocal && spec.Effect == WindowEffect.Blackout)
            errors.Add("spec.timing", "NodeLocal is for windows that allow patching: a Blackout begins for all nodes at once");
        if (spec is { Timing: WindowTiming.Absolute, ZoneMap.Count: > 0 })
            errors.Add("spec.zoneMap", "is for the timing NodeLocal alone: with Absolute all nodes go by spec.timeZone");
        return spec.Timing == WindowTiming.NodeLocal ? zones : null;
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

    private List<Func<DateTimeZone, IClosure>> ReadValidity(PatchWindowSpec spec)
    {
        var closures = new List<Func<DateTimeZone, IClosure>>();
        var (from, until) = (ReadDateTime("spec.validFrom", spec.ValidFrom), ReadDateTime("spec.validUntil", spec.ValidUntil));
        if (from >= until)
            errors.Add("spec.validUntil", "must be later than validFrom");
        if (from is { } first)
            closures.Add(zone => new OneClosure("the time before validFrom", new Interval(Instant.MinValue, Of(first, zone))));
        if (until is { } last)
            closures.Add(zone => new OneClosure("the time after validUntil", new Interval(Of(last, zone), Instant.MaxValue)));
        return closures;
    }

    private LocalDateTime? ReadDateTime(string field, string? text)
    {
        if (text is null)
            return null;
        if (LocalTexts.DateTime.Parse(text) is { Success: true } time)
            return time.Value;
        errors.Add(field, $"\"{text}\" is not a local date-time such as 2026-12-24T22:00");
        return null;
    }

    private static Instant Of(LocalDateTime time, DateTimeZone zone) => zone.ResolveLocal(time, LocalTexts.Lenient).ToInstant();

    private TimeSpan? Reject(string field, string message)
    {
        errors.Add(field, message);
        return null;
    }
}
