using k8s.Models;

namespace PatchOperator.Api;

/// <summary>When a window opens, and for how long. Every time of day and day in it is a local one.</summary>
public sealed record PatchWindowSpec
{
    /// <summary>Whether its openings allow patching, or close the windows of policies.</summary>
    public WindowEffect Effect { get; init; }

    /// <summary>Whose windows a Blackout closes, by the labels of PatchPolicies; null for those of every policy.</summary>
    public V1LabelSelector? PolicySelector { get; init; }

    /// <summary>The window opens at each start of each schedule; overlapping openings are one.</summary>
    public List<WindowSchedule> Schedules { get; init; } = [];

    /// <summary>How long it stays open, as elapsed time, such as <c>4h</c>.</summary>
    public string Duration { get; init; } = "";

    /// <summary>How long before the end the last node may be started.</summary>
    public string Cutoff { get; init; } = "0s";

    /// <summary>IANA name of the zone that the local times are in.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether it opens at one instant for all nodes, or for each node by the clocks of its own zone.</summary>
    public WindowTiming Timing { get; init; }

    /// <summary>With NodeLocal, which zones nodes are in that do not say so themselves; <see cref="TimeZone"/> for all others.</summary>
    public List<WindowPlace> ZoneMap { get; init; } = [];

    /// <summary>What becomes of a start that a clock change skips.</summary>
    public SkippedStart SkippedStart { get; init; }

    /// <summary>Which of the two is meant where a clock change makes a start come twice.</summary>
    public RepeatedStart RepeatedStart { get; init; }

    /// <summary>The local date-time before which it never opens, such as <c>2026-12-24T22:00</c>; null where it always could.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>The local date-time from which on it never opens again; null where it always could.</summary>
    public string? ValidUntil { get; init; }

    /// <summary>Times in which it stays closed: an opening that reaches into one is cut.</summary>
    public List<WindowBlackout> Blackouts { get; init; } = [];

    /// <summary>Whether it stays closed until this is taken back.</summary>
    public bool Suspend { get; init; }
}
