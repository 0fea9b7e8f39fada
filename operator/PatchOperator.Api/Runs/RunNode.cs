namespace PatchOperator.Api;

/// <summary>A node of a run; another of the same name is not meant.</summary>
public sealed record RunNode
{
    public string Name { get; init; } = "";

    public string Uid { get; init; } = "";

    /// <summary>The wave that it belongs to; absent where the plan has none.</summary>
    public string? Wave { get; init; }
}
