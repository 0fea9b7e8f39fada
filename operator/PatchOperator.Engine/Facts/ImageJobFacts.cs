namespace PatchOperator.Engine.Facts;

/// <summary>What the engine needs to know of a Job of an ImageBaseline.</summary>
public sealed record ImageJobFacts
{
    public required string Name { get; init; }

    public bool Finished { get; init; }

    public bool TimedOut { get; init; }

    /// <summary>What keeps the pod from starting, or how it ended, in words.</summary>
    public string? Problem { get; init; }

    /// <summary>What the Job's containers said; null while it is not finished, or when nothing valid is left of it.</summary>
    public ImageJobReport? Report { get; init; }
}
