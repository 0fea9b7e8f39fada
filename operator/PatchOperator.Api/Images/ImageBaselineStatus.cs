namespace PatchOperator.Api;

/// <summary>What images there are, and what is being done. Written by the operator.</summary>
public sealed record ImageBaselineStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    /// <summary>What the spec's recipe amounts to; images built from equal hashes were built alike.</summary>
    public string? InputsHash { get; init; }

    /// <summary>The image that new nodes should start from.</summary>
    public BuiltImage? Current { get; init; }

    /// <summary>A verified image that waits for its promotion.</summary>
    public BuiltImage? Candidate { get; init; }

    /// <summary>The Job under way, or the next try of one that failed; written before the Job is made.</summary>
    public ImageJob? Job { get; init; }

    /// <summary>How many builds and scans were begun; numbers their Jobs.</summary>
    public int JobsBegun { get; init; }

    public LastBuild? LastBuild { get; init; }

    public LastScan? LastScan { get; init; }

    /// <summary>Images that are or were current, newest first.</summary>
    public List<ImageRecord> History { get; init; } = [];

    /// <summary>Images that were built and never promoted, newest first.</summary>
    public List<RejectedImage> Rejected { get; init; } = [];

    public ImageNodeCounts? Nodes { get; init; }

    /// <summary>What runs of the policies in triggers.onPolicies installed, and how much of it the newest image lacks; newest first.</summary>
    public List<RunCoverage> Runs { get; init; } = [];

    public NextBuild? NextBuild { get; init; }

    /// <summary>Absent unless the registry refused to delete images.</summary>
    public RetentionFailure? RetentionFailure { get; init; }
}
