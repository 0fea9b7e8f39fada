namespace PatchOperator.Contract.Images;

/// <summary>What the image is made from: a base image or a suite.</summary>
public sealed record ImageRequestSource
{
    /// <summary>The base image; null for a suite.</summary>
    public string? Image { get; set; }

    /// <summary>The suite; null for a base image.</summary>
    public string? Suite { get; set; }

    /// <summary>Lines of sources.list; empty: the distribution's own, or what the base image has.</summary>
    public IReadOnlyList<string> Mirrors { get; set; } = [];

    /// <summary>Whether the base image's registry speaks plain HTTP.</summary>
    public bool Insecure { get; set; }
}
