namespace PatchOperator.Api;

/// <summary>When a window opens, and for how long.</summary>
public sealed record PatchWindowSpec
{
    /// <summary>The window opens at each start of each schedule; overlapping openings are one.</summary>
    public List<WindowSchedule> Schedules { get; init; } = [];

    /// <summary>How long it stays open, as elapsed time, such as <c>4h</c>.</summary>
    public string Duration { get; init; } = "";

    /// <summary>How long before the end the last node may be started.</summary>
    public string Cutoff { get; init; } = "0s";

    /// <summary>IANA name of the zone that the schedules' local times are in.</summary>
    public string TimeZone { get; init; } = "UTC";
}
