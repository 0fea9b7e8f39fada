namespace PatchOperator.Api;

/// <summary>A volume that files go to instead of a repository.</summary>
public sealed record ImageVolume
{
    /// <summary>A PersistentVolumeClaim in the namespace of the operator's Jobs.</summary>
    public string ClaimName { get; init; } = "";

    /// <summary>The folder in it.</summary>
    public string? Path { get; init; }
}
