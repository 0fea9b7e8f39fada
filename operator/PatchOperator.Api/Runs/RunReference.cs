namespace PatchOperator.Api;

/// <summary>A run; another of the same name is not meant.</summary>
public sealed record RunReference
{
    /// <summary>The name of the PatchRun.</summary>
    public string Name { get; init; } = "";

    /// <summary>The UID of the PatchRun.</summary>
    public string Uid { get; init; } = "";
}
