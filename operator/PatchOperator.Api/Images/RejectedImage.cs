namespace PatchOperator.Api;

/// <summary>An image that was built and never promoted.</summary>
public sealed record RejectedImage
{
    public string Digest { get; init; } = "";

    public string Version { get; init; } = "";

    public DateTimeOffset BuiltAt { get; init; }

    /// <summary>A constant of <see cref="Reasons"/>.</summary>
    public string Reason { get; init; } = "";
}
