using NodaTime;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>Reads the blackouts of a window.</summary>
internal sealed class BlackoutReader(SpecErrorList errors)
{
    /// <summary>Those that are right, each by the clocks of the window unless it has its own; what is wrong with the others is in the list.</summary>
    public IReadOnlyList<Func<DateTimeZone, IClosure>> Read(IReadOnlyList<WindowBlackout?> blackouts)
    {
        if (blackouts.Count > Limits.WindowBlackouts)
            errors.Add("spec.blackouts", $"must have at most {Limits.WindowBlackouts} entries, but has {blackouts.Count}");
        foreach (var twice in blackouts.GroupBy(blackout => blackout?.Name).Where(group => group.Count() > 1))
            errors.Add("spec.blackouts", $"has more than one with the name \"{twice.Key}\"");
        return
        [
            .. blackouts.Take(Limits.WindowBlackouts).Select((blackout, index) => Read(blackout ?? new WindowBlackout(), $"spec.blackouts[{index}]"))
                .OfType<Func<DateTimeZone, IClosure>>(),
        ];
    }

    private Func<DateTimeZone, IClosure>? Read(WindowBlackout blackout, string field)
    {
        DateTimeZone? own = null;
        if (blackout.TimeZone is { } name && !TimeZones.TryGet(name, out own, out var problem))
            errors.Add($"{field}.timeZone", problem);
        if (string.IsNullOrWhiteSpace(blackout.Name))
            errors.Add($"{field}.name", "must not be empty");
        var (from, to, called) = (blackout.From ?? "", blackout.To ?? "", $"blackout '{blackout.Name}'");
        if ((LocalTexts.Day.Parse(from), LocalTexts.Day.Parse(to)) is ({ Success: true } first, { Success: true } last))
            return zone => new YearlyClosure(called, first.Value, last.Value, own ?? zone);
        if ((LocalTexts.DateTime.Parse(from), LocalTexts.DateTime.Parse(to)) is ({ Success: true } begin, { Success: true } end))
        {
            if (begin.Value < end.Value)
                return zone => new OneClosure(called, Between(begin.Value, end.Value, own ?? zone));
            errors.Add($"{field}.to", "must be later than from");
            return null;
        }

        errors.Add(field, $"\"{from}\" to \"{to}\" must be two local date-times such as 2026-12-24T18:00, or two days that come every year, such as 12-24");
        return null;
    }

    // Of a time that comes twice the whole is closed.
    private static Interval Between(LocalDateTime from, LocalDateTime to, DateTimeZone zone)
    {
        var (start, end) = (zone.ResolveLocal(from, LocalTexts.Lenient).ToInstant(), zone.MapLocal(to));
        return new Interval(start, end.Count == 0 ? end.LateInterval.Start : end.Last().ToInstant());
    }
}
