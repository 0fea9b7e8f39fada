namespace PatchOperator.Api;

/// <summary>The last look into an image, as a part of its build or in a Job of its own.</summary>
public sealed record LastScan
{
    public string Digest { get; init; } = "";

    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>Why nothing is known now of what the image lacks.</summary>
    public BuildFailure? Failure { get; init; }
}
