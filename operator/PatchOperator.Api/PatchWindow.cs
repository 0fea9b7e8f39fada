using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>When patching may happen.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "patchwindows")]
public sealed class PatchWindow : CustomKubernetesEntity<PatchWindowSpec, PatchWindowStatus>
{
    public const string KindName = "PatchWindow";

    public PatchWindow()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}

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

public sealed record WindowSchedule
{
    /// <summary>Five fields; names of months and days are allowed; day-of-month OR day-of-week, as cron does.</summary>
    public string Cron { get; init; } = "";
}

public sealed record PatchWindowStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    /// <summary>The opening that lasts now; absent while the window is closed.</summary>
    public WindowOpening? Current { get; init; }

    /// <summary>The next openings, at most five, earliest first.</summary>
    public List<WindowOpening> Upcoming { get; init; } = [];
}

public sealed record WindowOpening
{
    public DateTimeOffset OpensAt { get; init; }

    public DateTimeOffset ClosesAt { get; init; }
}
