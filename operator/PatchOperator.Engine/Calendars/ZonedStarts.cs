using NodaTime;
using NodaTime.TimeZones;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// The instants at which any of some cron expressions fires in a time zone. A local time that a clock change skips fires once, at the
/// instant of the change; a local time that comes twice fires at the first. So time never runs backwards from one local time to the
/// next, and everything here can be searched in local time.
/// </summary>
internal sealed class ZonedStarts(IReadOnlyList<CronExpression> expressions, DateTimeZone zone)
{
    private static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The first start after <paramref name="instant"/>.</summary>
    public Instant? After(Instant instant)
    {
        var latest = LatestLocal(instant);
        LocalDateTime? first = null;
        foreach (var expression in expressions)
        {
            if (expression.Next(latest) is { } next && (first is null || next < first))
                first = next;
        }
        return ToInstant(first);
    }

    /// <summary>The last start that is not after <paramref name="instant"/>.</summary>
    public Instant? NotAfter(Instant instant)
    {
        var latest = LatestLocal(instant);
        LocalDateTime? last = null;
        foreach (var expression in expressions)
        {
            if (expression.Last(latest) is { } candidate && (last is null || candidate > last))
                last = candidate;
        }
        return ToInstant(last);
    }

    /// <summary>
    /// The latest local time that has fired if it fires at all. That is what the clock shows, but for the second time that an hour is
    /// passed through: then all of that hour has fired already.
    /// </summary>
    private LocalDateTime LatestLocal(Instant instant)
    {
        var local = instant.InZone(zone).LocalDateTime;
        var mapping = zone.MapLocal(local);
        return mapping.Count == 2 && instant >= mapping.LateInterval.Start
            ? mapping.EarlyInterval.IsoLocalEnd.PlusNanoseconds(-1)
            : local;
    }

    private Instant? ToInstant(LocalDateTime? local) =>
        local is { } time ? zone.ResolveLocal(time, Resolver).ToInstant() : null;
}
