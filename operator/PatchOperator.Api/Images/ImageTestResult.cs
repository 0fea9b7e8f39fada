namespace PatchOperator.Api;

public sealed record ImageTestResult
{
    public string Name { get; init; } = "";

    public bool Passed { get; init; }

    public string? Message { get; init; }
}
