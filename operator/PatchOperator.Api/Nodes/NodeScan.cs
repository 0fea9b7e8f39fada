namespace PatchOperator.Api;

/// <summary>The last scan of a node that succeeded.</summary>
public sealed record NodeScan
{
    public DateTimeOffset Time { get; init; }

    /// <summary>When its Job was made: what happened on the node before that, it has seen.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public int Packages { get; init; }

    /// <summary>sha256 of the sorted installed name=version list: equal levels are equal software.</summary>
    public string? PatchLevel { get; init; }

    /// <summary>How long the Job took, from its creation until its report was read; absent before the first scan that no operation made.</summary>
    public int? Seconds { get; init; }

    /// <summary>sha256 of the approved updates that it has downloaded, as a sorted name=version list; absent where there were none, or it could not.</summary>
    public string? StagedDigest { get; init; }

    /// <summary>Why it could not download what was approved; absent where it could. The next scan tries again.</summary>
    public StagingFailure? StagingFailure { get; init; }

    /// <summary>True when only the summary could be read, so that the list of pending updates is that of an earlier scan.</summary>
    public bool DetailsUnavailable { get; init; }
}
