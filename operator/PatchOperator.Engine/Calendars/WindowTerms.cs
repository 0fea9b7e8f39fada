using NodaTime;
using PatchOperator.Api;

namespace PatchOperator.Engine.Calendars;

/// <summary>What a window's spec says, read and found valid, in local times: by the clocks of a zone it becomes a calendar.</summary>
internal sealed record WindowTerms
{
    public WindowEffect Effect { get; init; }

    public required IReadOnlyList<ILocalTimes> Schedules { get; init; }

    public required Duration Duration { get; init; }

    public required Duration Cutoff { get; init; }

    /// <summary>The zone of the window's own clock.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Which zones nodes go by; null where all go by that one.</summary>
    public NodeZones? NodeZones { get; init; }

    public SkippedStart SkippedStart { get; init; }

    public RepeatedStart RepeatedStart { get; init; }

    /// <summary>What keeps it closed, by the clocks of a zone.</summary>
    public required IReadOnlyList<Func<DateTimeZone, IClosure>> Closures { get; init; }

    public bool Suspended { get; init; }
}
