using k8s.Models;

namespace PatchOperator.Api;

/// <summary>What patched means, for which nodes, and how to get there.</summary>
public sealed record PatchPolicySpec
{
    /// <summary>The nodes this policy is for; <c>{}</c> means all. A node belongs to one policy: see <see cref="Priority"/>.</summary>
    public V1LabelSelector? NodeSelector { get; init; }

    /// <summary>Of several policies that match a node the one with the highest priority has it, of equals the oldest.</summary>
    public int Priority { get; init; }

    /// <summary>Names of PatchWindows; any of them that is open allows patching. None: nodes are scanned, never patched.</summary>
    public List<string> Windows { get; init; } = [];

    /// <summary>Stops admitting nodes; nodes in flight finish, scanning goes on.</summary>
    public bool Suspend { get; init; }

    public ScanSettings Scan { get; init; } = new();

    public UpdateSettings Updates { get; init; } = new();

    /// <summary>When a node downloads what its turn installs.</summary>
    public StagingMode Staging { get; init; } = StagingMode.Never;

    /// <summary>How many bytes a second a node that stages downloads at most, such as <c>5Mi</c>. Absent: as fast as it goes.</summary>
    public string? StagingBandwidth { get; init; }

    public RebootSettings Reboot { get; init; } = new();

    public RestartServices RestartServices { get; init; }

    public DrainSettings Drain { get; init; } = new();

    public PolicyRollout Rollout { get; init; } = new();

    public VerifySettings Verify { get; init; } = new();

    public FailureSettings OnFailure { get; init; } = new();

    /// <summary>What is done about nodes that fell behind the others.</summary>
    public CatchUpSettings CatchUp { get; init; } = new();

    /// <summary>How runs begin that a person asks for outside of the usual times.</summary>
    public EmergencySettings Emergency { get; init; } = new();

    /// <summary>What must be well for a run to go on.</summary>
    public List<HealthCheck> HealthChecks { get; init; } = [];

    /// <summary>What is run in the course of a rollout; absent: nothing.</summary>
    public HookSettings? Hooks { get; init; }
}
