using NodaTime;
using NodaTime.TimeZones;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// The instants of local times in a time zone. A local time that a clock change skips stands for the instant of the change, or for none; of one that
/// comes twice the first is meant, or the second. Either way time never runs backwards from one local time to the next, and everything here can be
/// searched in local time.
/// </summary>
internal sealed class ZonedStarts(
    IReadOnlyList<ILocalTimes> rules, DateTimeZone zone, SkippedStart skipped = SkippedStart.ShiftForward, RepeatedStart repeated = RepeatedStart.First)
{
    private readonly ZoneLocalMappingResolver resolver = Resolvers.CreateMappingResolver(
        repeated == RepeatedStart.First ? Resolvers.ReturnEarlier : Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The first start after <paramref name="instant"/>.</summary>
    public Instant? After(Instant instant)
    {
        var latest = LatestLocal(instant);
        LocalDateTime? first = null;
        foreach (var rule in rules)
        {
            var next = rule.Next(latest);
            if (next is { } time && Never(time) is { } gap)
                next = rule.Next(gap.LateInterval.IsoLocalStart.PlusNanoseconds(-1));
            if (next is not null && (first is null || next < first))
                first = next;
        }
        return ToInstant(first);
    }

    /// <summary>The last start that is not after <paramref name="instant"/>.</summary>
    public Instant? NotAfter(Instant instant)
    {
        var latest = LatestLocal(instant);
        LocalDateTime? last = null;
        foreach (var rule in rules)
        {
            var candidate = rule.Last(latest);
            if (candidate is { } time && Never(time) is { } gap)
                candidate = rule.Last(gap.EarlyInterval.IsoLocalEnd.PlusNanoseconds(-1));
            if (candidate is not null && (last is null || candidate > last))
                last = candidate;
        }
        return ToInstant(last);
    }

    /// <summary>The first local time that the clock change at an instant skips and no other rule makes up for; null when there is none.</summary>
    public LocalDateTime? SkippedAt(Instant change)
    {
        var after = zone.GetZoneInterval(change);
        if (!after.HasStart || after.Start != change)
            return null;
        var (from, to) = (zone.GetZoneInterval(change - Duration.Epsilon).IsoLocalEnd, after.IsoLocalStart);
        LocalDateTime? first = null;
        foreach (var rule in rules)
        {
            var time = rule.Next(from.PlusNanoseconds(-1));
            // A start that is there anyway has not been shifted.
            if (time == to || rule.Next(to.PlusNanoseconds(-1)) == to)
                return null;
            if (time < to && (first is null || time < first))
                first = time;
        }
        return first;
    }

    /// <summary>The latest local time that clock changes skip after one instant and before another; null when there is none.</summary>
    public LocalDateTime? SkippedBetween(Instant after, Instant before) => after < before
        ? zone.GetZoneIntervals(after, before).Skip(1).Select(interval => SkippedAt(interval.Start)).LastOrDefault(time => time is not null)
        : null;

    /// <summary>
    /// The latest local time that has come if it comes at all. That is what the clock shows, but for the hour that is passed through twice: it comes as a
    /// whole the first time, or the second.
    /// </summary>
    private LocalDateTime LatestLocal(Instant instant)
    {
        var local = instant.InZone(zone).LocalDateTime;
        var mapping = zone.MapLocal(local);
        if (mapping.Count < 2)
            return local;
        var second = instant >= mapping.LateInterval.Start;
        return repeated == RepeatedStart.First
            ? second ? mapping.EarlyInterval.IsoLocalEnd.PlusNanoseconds(-1) : local
            : second ? local : mapping.LateInterval.IsoLocalStart.PlusNanoseconds(-1);
    }

    /// <summary>The clock change that takes a local time away; null when it comes.</summary>
    private ZoneLocalMapping? Never(LocalDateTime time) =>
        skipped == SkippedStart.Skip && zone.MapLocal(time) is { Count: 0 } mapping ? mapping : null;

    private Instant? ToInstant(LocalDateTime? local) =>
        local is { } time ? zone.ResolveLocal(time, resolver).ToInstant() : null;
}
