namespace PatchOperator.Api;

/// <summary>Packages to install, remove and hold in an image.</summary>
public sealed record ImagePackages
{
    public List<string> Install { get; init; } = [];

    public List<string> Remove { get; init; } = [];

    /// <summary>Put on hold: not updated in the image, nor on nodes made from it.</summary>
    public List<string> Hold { get; init; } = [];
}
