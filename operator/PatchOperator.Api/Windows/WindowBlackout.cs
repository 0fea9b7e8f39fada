namespace PatchOperator.Api;

/// <summary>A time in which a window stays closed.</summary>
public sealed record WindowBlackout
{
    /// <summary>What notes call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its start: a local date-time such as <c>2026-12-24T18:00</c>, or the first day of each year such as <c>12-24</c>.</summary>
    public string From { get; init; } = "";

    /// <summary>Its end, written like the start: a date-time at which it is over, or the last day of each year that belongs to it.</summary>
    public string To { get; init; } = "";

    /// <summary>IANA name of the zone that both are in; null for the window's.</summary>
    public string? TimeZone { get; init; }
}
