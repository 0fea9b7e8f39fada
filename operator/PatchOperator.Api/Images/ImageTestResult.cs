namespace PatchOperator.Api;

/// <summary>A test of an image, and how it ended.</summary>
public sealed record ImageTestResult
{
    public string Name { get; init; } = "";

    public bool Passed { get; init; }

    public string? Message { get; init; }
}
