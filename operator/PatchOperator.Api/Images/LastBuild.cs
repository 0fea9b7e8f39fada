namespace PatchOperator.Api;

/// <summary>The build that finished last, whatever came of it.</summary>
public sealed record LastBuild
{
    public int Number { get; init; }

    /// <summary>The last Job that tried it.</summary>
    public string Job { get; init; } = "";

    public BuildTrigger Trigger { get; init; }

    public string InputsHash { get; init; } = "";

    /// <summary>The generation of the spec that it was built from.</summary>
    public long Generation { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>The digest of what it built; absent when it built nothing.</summary>
    public string? Digest { get; init; }

    public List<ImageTestResult> Tests { get; init; } = [];

    /// <summary>Why it built nothing, or nothing that may be promoted.</summary>
    public BuildFailure? Failure { get; init; }
}
