namespace PatchOperator.Api;

/// <summary>A package, and the version that a node is to have.</summary>
public sealed record NodeUpdate
{
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";
}
