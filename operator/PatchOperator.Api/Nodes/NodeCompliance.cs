namespace PatchOperator.Api;

/// <summary>How a node compares to what its policy says, since when, and why.</summary>
public sealed record NodeCompliance
{
    public string Policy { get; init; } = "";

    public ComplianceState State { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    public DateTimeOffset? Since { get; init; }
}
