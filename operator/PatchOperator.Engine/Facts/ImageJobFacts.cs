namespace PatchOperator.Engine.Facts;

/// <summary>What the engine needs to know of a Job of an ImageBaseline.</summary>
public sealed record ImageJobFacts
{
    public required string Name { get; init; }

    public bool Finished { get; init; }

    public bool TimedOut { get; init; }

    /// <inheritdoc cref="JobFacts.Overdue"/>
    public bool Overdue { get; init; }

    /// <inheritdoc cref="JobFacts.LookAt"/>
    public DateTimeOffset? LookAt { get; init; }

    /// <inheritdoc cref="JobFacts.Problem"/>
    public string? Problem { get; init; }

    /// <summary>What the Job's containers said; null while it is not finished, or when nothing valid is left of it.</summary>
    public ImageJobReport? Report { get; init; }
}
