namespace PatchOperator.Contract.Images;

/// <summary>What is done to the source.</summary>
public sealed record ImageRequestRecipe
{
    public IReadOnlyList<string> Install { get; set; } = [];

    public IReadOnlyList<string> Remove { get; set; } = [];

    public IReadOnlyList<string> Hold { get; set; } = [];

    public ImageRequestUpdates Updates { get; set; }

    public IReadOnlyList<ImageRequestScript> Scripts { get; set; } = [];
}
