namespace PatchOperator.Api;

/// <summary>What is done to an image's source, in this order: packages, updates, scripts.</summary>
public sealed record ImageRecipe
{
    public ImagePackages Packages { get; init; } = new();

    public ImageUpdates Updates { get; init; } = ImageUpdates.All;

    /// <summary>Shell scripts, run in order in the image's root after packages and updates.</summary>
    public List<ImageScript> Scripts { get; init; } = [];
}
