namespace PatchOperator.Api;

/// <summary>A build or a scan. Number and attempt, with the inputs, name its Job.</summary>
public sealed record ImageJob
{
    public ImageJobKind Kind { get; init; }

    public int Number { get; init; }

    public int Attempt { get; init; }

    public string Name { get; init; } = "";

    public BuildTrigger? Trigger { get; init; }

    /// <summary>What is built, see <see cref="ImageBaselineStatus.InputsHash"/>.</summary>
    public string? InputsHash { get; init; }

    /// <summary>Scan: the digest of the image that is scanned.</summary>
    public string? Digest { get; init; }

    /// <summary>UIDs of the runs whose updates are looked for.</summary>
    public List<string> Runs { get; init; } = [];

    /// <summary>Digests of images in a volume that the build deletes once the new one is there.</summary>
    public List<string> Superfluous { get; init; } = [];

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the next attempt starts, after one that failed for a reason that passes.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Message { get; init; }
}
