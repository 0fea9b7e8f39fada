using System.Text.Json.Serialization;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>What is asked of one node, where it stands and what was found on it. Made by the operator, owned by the Node.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "nodepatches")]
public sealed class NodePatch : CustomKubernetesEntity<NodePatchSpec, NodePatchStatus>
{
    public const string KindName = "NodePatch";

    public NodePatch()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}

public sealed record NodePatchSpec
{
    public string NodeName { get; init; } = "";

    /// <summary>What a run asks of the node: its slot in the budget. Absent when nothing is asked.</summary>
    public NodeOperation? Operation { get; init; }
}

public sealed record NodeOperation
{
    public string Run { get; init; } = "";

    [JsonPropertyName("runUID")]
    public string RunUid { get; init; } = "";

    /// <summary>The approved updates for this node, with exact versions.</summary>
    public List<NodeUpdate> Updates { get; init; } = [];

    public RunSettings Settings { get; init; } = new();
}

public sealed record NodeUpdate
{
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";
}

public sealed record NodePatchStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    public NodeIdentity? Node { get; init; }

    public NodeScan? LastScan { get; init; }

    /// <summary>Absent unless scans have failed since the last good one.</summary>
    public ScanFailure? ScanFailure { get; init; }

    /// <summary>Updates the package manager would install, at most a hundred, security updates first.</summary>
    public List<PendingPackage> Pending { get; init; } = [];

    public PendingCount? PendingCount { get; init; }

    public RebootRequired? RebootRequired { get; init; }

    public NodeCompliance? Compliance { get; init; }

    public NodePhase Phase { get; init; } = NodePhase.Idle;

    public DateTimeOffset? PhaseSince { get; init; }

    /// <summary>The Job that is being waited for.</summary>
    public string? Job { get; init; }

    /// <summary>The number of that Job for its step, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>Absent while no operation is under way.</summary>
    public CordonState? Cordon { get; init; }

    /// <summary>The node's boot ID when its reboot was asked for.</summary>
    [JsonPropertyName("bootIDBefore")]
    public string? BootIdBefore { get; init; }

    /// <summary>The operation under way or, if none is, the last one.</summary>
    public OperationRecord? LastOperation { get; init; }
}

public sealed record NodeIdentity
{
    [JsonPropertyName("uid")]
    public string Uid { get; init; } = "";

    [JsonPropertyName("bootID")]
    public string BootId { get; init; } = "";

    public string? OsImage { get; init; }

    public string? OsFamily { get; init; }

    public string? KernelVersion { get; init; }

    public string? Architecture { get; init; }

    public string? PackageManager { get; init; }
}

public sealed record NodeScan
{
    public DateTimeOffset Time { get; init; }

    public int Packages { get; init; }

    /// <summary>sha256 of the sorted installed name=version list: equal levels are equal software.</summary>
    public string? PatchLevel { get; init; }

    /// <summary>True when only the summary could be read, so that the list of pending updates is that of an earlier scan.</summary>
    public bool DetailsUnavailable { get; init; }
}

public sealed record ScanFailure
{
    public DateTimeOffset At { get; init; }

    /// <summary>How many scans have failed in a row.</summary>
    public int Count { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";
}

public sealed record PendingPackage
{
    public string Name { get; init; } = "";

    /// <summary>Absent for a dependency that an update brings in anew.</summary>
    public string? Installed { get; init; }

    public string Candidate { get; init; } = "";

    public bool Security { get; init; }

    /// <summary>On hold by an administrator: reported, never approved.</summary>
    public bool Held { get; init; }

    public DateTimeOffset FirstSeen { get; init; }
}

public sealed record PendingCount
{
    public int Security { get; init; }

    public int Total { get; init; }

    public int Held { get; init; }
}

public sealed record RebootRequired
{
    /// <summary><c>True</c>, <c>False</c> or, when it could not be found out, <c>Unknown</c>.</summary>
    public string Status { get; init; } = "Unknown";

    public DateTimeOffset Since { get; init; }

    public List<string> Because { get; init; } = [];
}

public sealed record NodeCompliance
{
    public string Policy { get; init; } = "";

    public ComplianceState State { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    public DateTimeOffset? Since { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ComplianceState>))]
public enum ComplianceState
{
    Unknown,
    Compliant,
    NonCompliant,
    PendingReboot,
    Failed,
}

[JsonConverter(typeof(JsonStringEnumConverter<NodePhase>))]
public enum NodePhase
{
    Idle,
    Draining,
    Patching,
    Rebooting,
    Verifying,
    Failed,
}

public sealed record CordonState
{
    /// <summary>The run that cordoned the node; absent when somebody else had.</summary>
    public string? By { get; init; }

    /// <summary>Whether the node was unschedulable before its turn; then it stays so.</summary>
    public bool PriorUnschedulable { get; init; }
}

public sealed record OperationRecord
{
    public string Run { get; init; } = "";

    [JsonPropertyName("runUID")]
    public string RunUid { get; init; } = "";

    public OperationResult Result { get; init; }

    /// <summary>The step that failed; absent unless one did.</summary>
    public OperationStep? Step { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? DrainedAt { get; init; }

    public DateTimeOffset? PatchedAt { get; init; }

    public DateTimeOffset? RebootedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What was changed on the node, at most a hundred packages.</summary>
    public List<ChangedPackage> Changed { get; init; } = [];
}

[JsonConverter(typeof(JsonStringEnumConverter<OperationResult>))]
public enum OperationResult
{
    InProgress,
    Succeeded,
    Failed,
    Cancelled,
}

[JsonConverter(typeof(JsonStringEnumConverter<OperationStep>))]
public enum OperationStep
{
    Scan,
    Drain,
    Patch,
    Reboot,
    Verify,
}

public sealed record ChangedPackage
{
    public string Name { get; init; } = "";

    public string? From { get; init; }

    public string? To { get; init; }
}
