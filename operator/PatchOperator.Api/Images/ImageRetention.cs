namespace PatchOperator.Api;

/// <summary>What is kept in the repository. What the current image, a live node or a waiting candidate needs is always kept.</summary>
public sealed record ImageRetention
{
    /// <summary>How many images that were current before.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>How many rejected images.</summary>
    public int Failed { get; init; } = 1;
}
