namespace PatchOperator.Api;

/// <summary>A node that failed in a run, and why.</summary>
public sealed record RunFailure
{
    public string Node { get; init; } = "";

    public OperationStep Step { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";
}
