using k8s.Models;

namespace PatchOperator.Api;

/// <summary>What patched means, for which nodes, and how to get there.</summary>
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
