namespace PatchOperator.Api;

/// <summary>A package that an operation changed on a node.</summary>
public sealed record ChangedPackage
{
    public string Name { get; init; } = "";

    public string? From { get; init; }

    public string? To { get; init; }
}
