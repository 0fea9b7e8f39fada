namespace PatchOperator.Api;

/// <summary>A package whose files are on the node, but that its package manager does not call whole.</summary>
public sealed record IncompletePackage
{
    public string Name { get; init; } = "";

    /// <summary>The package manager's word for it, such as half-configured.</summary>
    public string State { get; init; } = "";
}
