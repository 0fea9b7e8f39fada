namespace PatchOperator.Api;

/// <summary>A variable of a container's environment.</summary>
public sealed record EnvironmentVariable
{
    public string Name { get; init; } = "";

    /// <summary>Absent: empty.</summary>
    public string? Value { get; init; }
}
