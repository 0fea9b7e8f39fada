namespace PatchOperator.Api;

/// <summary>A package, and the version that a node is to have.</summary>
public sealed record NodeUpdate
{
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>The packages that the node loses for it; absent where it loses none.</summary>
    public List<string>? Removes { get; init; }
}
