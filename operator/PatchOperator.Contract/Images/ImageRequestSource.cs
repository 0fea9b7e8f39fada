namespace PatchOperator.Contract.Images;

/// <summary>What the image is made from: a base image, a suite, or repositories of rpm packages.</summary>
public sealed record ImageRequestSource
{
    /// <summary>The base image; null otherwise.</summary>
    public string? Image { get; set; }

    /// <summary>The suite; null otherwise.</summary>
    public string? Suite { get; set; }

    /// <summary>Lines of sources.list; empty: the distribution's own, or what the base image has.</summary>
    public IReadOnlyList<string> Mirrors { get; set; } = [];

    /// <summary>Repositories of rpm packages, which the finished image has too; empty for a suite or a base image.</summary>
    public IReadOnlyList<ImageRequestRepository> Repositories { get; set; } = [];

    /// <summary>The public keys that packages of the repositories are signed with, in armour; null: none.</summary>
    public string? GpgKeys { get; set; }

    /// <summary>Whether the base image's registry speaks plain HTTP.</summary>
    public bool Insecure { get; set; }
}
