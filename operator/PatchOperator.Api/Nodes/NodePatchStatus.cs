using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Where a node stands, and what was found on it. Written by the operator.</summary>
public sealed record NodePatchStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    public NodeIdentity? Node { get; init; }

    public NodeScan? LastScan { get; init; }

    /// <summary>Absent unless scans have failed since the last good one.</summary>
    public ScanFailure? ScanFailure { get; init; }

    /// <summary>Packages that are not whole, at most twenty.</summary>
    public List<IncompletePackage> Incomplete { get; init; } = [];

    /// <summary>How many packages are not whole; absent when it is not known.</summary>
    public int? IncompleteCount { get; init; }

    /// <summary>What the package manager knows of the archives; absent when it is not known.</summary>
    public PackageLists? Lists { get; init; }

    /// <summary>
    /// Updates that archives offer: what the policy asks for, at most five hundred, and others up to a hundred in all. Security updates come first, and those
    /// that can be installed before the others.
    /// </summary>
    public List<PendingPackage> Pending { get; init; } = [];

    /// <summary>What is missing there; absent where nothing is.</summary>
    public PendingCut? PendingCut { get; init; }

    public PendingCount? PendingCount { get; init; }

    /// <summary>What becomes of <see cref="Pending"/>, counted.</summary>
    public UpdateStateCounts? PendingStates { get; init; }

    public RebootRequired? RebootRequired { get; init; }

    /// <summary>Absent when it is not known. It says nothing of compliance.</summary>
    public OutdatedServices? OutdatedServices { get; init; }

    public NodeCompliance? Compliance { get; init; }

    /// <summary>Absent unless the node fell behind the others, and has not been verified since.</summary>
    public NodeQuarantine? Quarantine { get; init; }

    public NodePhase Phase { get; init; } = NodePhase.Idle;

    public DateTimeOffset? PhaseSince { get; init; }

    /// <summary>The Job that is being waited for.</summary>
    public string? Job { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? JobSince { get; init; }

    /// <summary>The number of that Job for its step, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The node's boot ID when its reboot was asked for.</summary>
    [JsonPropertyName("bootIDBefore")]
    public string? BootIdBefore { get; init; }

    /// <summary>Absent unless something that the node needs is being refused.</summary>
    public RefusedRequest? Refused { get; init; }

    /// <summary>Absent unless the node is being drained, and a pod may not leave it.</summary>
    public DrainBlocker? Blocked { get; init; }

    /// <summary>The operation under way or, if none is, the last one.</summary>
    public OperationRecord? LastOperation { get; init; }
}
