namespace PatchOperator.Api;

public sealed record ImagePackages
{
    public List<string> Install { get; init; } = [];

    public List<string> Remove { get; init; } = [];

    /// <summary>Put on hold: not updated in the image, nor on nodes made from it.</summary>
    public List<string> Hold { get; init; } = [];
}
