using System.Text.Json.Serialization;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>One rollout of a policy: the frozen plan and the record of what became of it. Made by the operator.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "patchruns")]
public sealed class PatchRun : CustomKubernetesEntity<PatchRunSpec, PatchRunStatus>
{
    public const string KindName = "PatchRun";

    public PatchRun()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}

/// <summary>Frozen when the run is made.</summary>
public sealed record PatchRunSpec
{
    public PolicyReference Policy { get; init; } = new();

    /// <summary>The window whose opening started the run.</summary>
    public string Window { get; init; } = "";

    /// <summary>When that window opened.</summary>
    public DateTimeOffset WindowOpenedAt { get; init; }

    public RunTrigger Trigger { get; init; }

    /// <summary>What the policy said when the run was made.</summary>
    public RunSettings Settings { get; init; } = new();

    /// <summary>The nodes to patch, in order.</summary>
    public List<RunNode> Nodes { get; init; } = [];

    /// <summary>What is approved: the same versions for the first node and for the last.</summary>
    public List<RunUpdate> Updates { get; init; } = [];
}

public sealed record PolicyReference
{
    public string Name { get; init; } = "";

    [JsonPropertyName("uid")]
    public string Uid { get; init; } = "";

    public long Generation { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<RunTrigger>))]
public enum RunTrigger
{
    /// <summary>A window opened.</summary>
    Window,
}

public sealed record RunSettings
{
    public string ScanTimeout { get; init; } = "10m";

    public bool RefreshPackageLists { get; init; } = true;

    public string PatchTimeout { get; init; } = "1h";

    public RebootSettings Reboot { get; init; } = new();

    public DrainSettings Drain { get; init; } = new();

    public RolloutSettings Rollout { get; init; } = new();
}

public sealed record RunNode
{
    public string Name { get; init; } = "";

    public string Uid { get; init; } = "";
}

public sealed record RunUpdate
{
    /// <summary>The distribution and release it is for, such as <c>debian-12</c>.</summary>
    public string? OsFamily { get; init; }

    public string Name { get; init; } = "";

    public string Version { get; init; } = "";
}

public sealed record PatchRunStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    /// <summary>Absent until the operator has looked at the run for the first time.</summary>
    public RunPhase? Phase { get; init; }

    /// <summary>Why it is in this phase, in words.</summary>
    public string Message { get; init; } = "";

    public RunProgress? Progress { get; init; }

    /// <summary>Nodes that failed, at most fifty.</summary>
    public List<RunFailure> Failures { get; init; } = [];

    /// <summary>How many failures a person has accepted by resuming the run.</summary>
    public int AcknowledgedFailures { get; init; }

    /// <summary>What happened, the last fifty entries, oldest first.</summary>
    public List<TimelineEntry> Timeline { get; init; } = [];

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The ImageBaselines that name this run's policy, and how much they lack of what it installed.</summary>
    public List<BaselineCoverage> Baselines { get; init; } = [];
}

public sealed record BaselineCoverage
{
    public string Name { get; init; } = "";

    /// <summary>Whether the baseline's current image has everything that the run installed.</summary>
    public bool UpToDate { get; init; }

    /// <summary>How many of the run's updates its newest image lacks; absent: no image has been looked into yet.</summary>
    public int? Missing { get; init; }

    public string Message { get; init; } = "";
}

[JsonConverter(typeof(JsonStringEnumConverter<RunPhase>))]
public enum RunPhase
{
    Running,
    WaitingForWindow,
    Halted,
    Succeeded,
    Failed,
    Cancelled,
    Superseded,
}

public sealed record RunProgress
{
    public int Total { get; init; }

    public int Pending { get; init; }

    public int InProgress { get; init; }

    public int Succeeded { get; init; }

    public int Failed { get; init; }

    public int Skipped { get; init; }

    /// <summary>Done of total, as in <c>2/3</c>.</summary>
    public string Summary { get; init; } = "";
}

public sealed record RunFailure
{
    public string Node { get; init; } = "";

    public OperationStep Step { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";
}

public sealed record TimelineEntry
{
    public DateTimeOffset At { get; init; }

    public string Event { get; init; } = "";
}
