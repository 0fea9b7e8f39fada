namespace PatchOperator.Api;

/// <summary>A node that a person should look at, and why.</summary>
public sealed record NodeAttention
{
    public string Node { get; init; } = "";

    public ComplianceState State { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    public DateTimeOffset? Since { get; init; }
}
