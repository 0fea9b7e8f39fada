using System.Text.Json.Serialization;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>What patched means, for which nodes, and how to get there.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "patchpolicies")]
public sealed class PatchPolicy : CustomKubernetesEntity<PatchPolicySpec, PatchPolicyStatus>
{
    public const string KindName = "PatchPolicy";

    public PatchPolicy()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}

public sealed record PatchPolicySpec
{
    /// <summary>The nodes this policy is for; <c>{}</c> means all. A node belongs to one policy: of several that match, the oldest.</summary>
    public V1LabelSelector? NodeSelector { get; init; }

    /// <summary>Names of PatchWindows; any of them that is open allows patching. None: nodes are scanned, never patched.</summary>
    public List<string> Windows { get; init; } = [];

    /// <summary>Stops admitting nodes; nodes in flight finish, scanning goes on.</summary>
    public bool Suspend { get; init; }

    public ScanSettings Scan { get; init; } = new();

    public UpdateSettings Updates { get; init; } = new();

    public RebootSettings Reboot { get; init; } = new();

    public DrainSettings Drain { get; init; } = new();

    public RolloutSettings Rollout { get; init; } = new();
}

public sealed record ScanSettings
{
    /// <summary>How often each node is scanned.</summary>
    public string Interval { get; init; } = "24h";

    /// <summary>How long one scan or verification may take.</summary>
    public string Timeout { get; init; } = "10m";
}

public sealed record UpdateSettings
{
    public UpdateClassification Classification { get; init; } = UpdateClassification.Security;

    /// <summary>Globs of package names; when given, only these are approved.</summary>
    public List<string> Include { get; init; } = [];

    /// <summary>Globs of package names that are never approved; stronger than include.</summary>
    public List<string> Exclude { get; init; } = [];

    /// <summary>Whether each scan and each patch step asks the repositories first.</summary>
    public bool RefreshPackageLists { get; init; } = true;

    /// <summary>How long installing the updates on one node may take.</summary>
    public string Timeout { get; init; } = "1h";
}

[JsonConverter(typeof(JsonStringEnumConverter<UpdateClassification>))]
public enum UpdateClassification
{
    Security,
    All,
}

public sealed record RebootSettings
{
    public RebootMode Mode { get; init; } = RebootMode.IfRequired;

    /// <summary>How long a node may take from the request to being Ready again with another boot ID.</summary>
    public string Timeout { get; init; } = "15m";
}

[JsonConverter(typeof(JsonStringEnumConverter<RebootMode>))]
public enum RebootMode
{
    IfRequired,
    Always,
    Never,
}

public sealed record DrainSettings
{
    public DrainMode Mode { get; init; } = DrainMode.WhenRebooting;

    /// <summary>How long evictions may take before the node counts as failed.</summary>
    public string Timeout { get; init; } = "30m";
}

[JsonConverter(typeof(JsonStringEnumConverter<DrainMode>))]
public enum DrainMode
{
    WhenRebooting,
    Always,
    Never,
}

public sealed record RolloutSettings
{
    /// <summary>How many of the policy's nodes may be unavailable at once, whoever made them so; a share rounds down, to one at least.</summary>
    public IntOrString MaxUnavailable { get; init; } = 1;

    /// <summary>The number, or the share rounded up, of failed nodes at which the run halts.</summary>
    public IntOrString FailureThreshold { get; init; } = 1;

    /// <summary>How long a node must be Ready after its reboot before it is verified.</summary>
    public int MinReadySeconds { get; init; } = 10;
}

public sealed record PatchPolicyStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    public NodeCounts? Nodes { get; init; }

    public UpdateCounts? Updates { get; init; }

    /// <summary>Nodes a person should look at, at most twenty.</summary>
    public List<NodeAttention> Attention { get; init; } = [];

    /// <summary>The run that is not finished yet.</summary>
    public string? CurrentRun { get; init; }

    public LastRun? LastRun { get; init; }

    public NextWindow? NextWindow { get; init; }
}

public sealed record NodeCounts
{
    public int Matched { get; init; }

    public int Compliant { get; init; }

    public int NonCompliant { get; init; }

    public int PendingReboot { get; init; }

    public int InProgress { get; init; }

    public int Failed { get; init; }

    public int Unknown { get; init; }

    /// <summary>Nodes the selector matches that belong to an older policy.</summary>
    public int ClaimedByOthers { get; init; }

    /// <summary>Compliant of matched, as in <c>2/3</c>.</summary>
    public string Summary { get; init; } = "";
}

public sealed record UpdateCounts
{
    /// <summary>Approved security updates that are pending, over all nodes.</summary>
    public int Security { get; init; }

    /// <summary>All approved updates that are pending, over all nodes.</summary>
    public int Total { get; init; }

    /// <summary>When the oldest of them was first seen on any node.</summary>
    public DateTimeOffset? OldestFirstSeen { get; init; }
}

public sealed record NodeAttention
{
    public string Node { get; init; } = "";

    public ComplianceState State { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    public DateTimeOffset? Since { get; init; }
}

public sealed record LastRun
{
    public string Name { get; init; } = "";

    public RunPhase Phase { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

public sealed record NextWindow
{
    public string Name { get; init; } = "";

    public DateTimeOffset OpensAt { get; init; }
}
