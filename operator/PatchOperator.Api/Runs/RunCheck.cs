namespace PatchOperator.Api;

/// <summary>What a health check says that is asked now.</summary>
public sealed record RunCheck
{
    public string Name { get; init; } = "";

    public RunCheckState State { get; init; }

    /// <summary>Since when it says so.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>What was found, in words; absent while all is well.</summary>
    public string? Message { get; init; }
}
