namespace PatchOperator.Engine.Facts;

/// <summary>What the registry answered to the questions that a decision depends on.</summary>
public sealed record RegistryFacts
{
    /// <summary>The image that was asked for: the answer is of no other.</summary>
    public required string Digest { get; init; }

    /// <summary>Why it could not be asked, in words; null when it answered.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the image is there.</summary>
    public bool Stored { get; init; }

    /// <summary>The digest that the current tag stands for; null when there is no such tag.</summary>
    public string? TaggedDigest { get; init; }
}
