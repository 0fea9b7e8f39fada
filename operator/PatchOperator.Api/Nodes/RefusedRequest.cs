namespace PatchOperator.Api;

/// <summary>A request that the operator makes again and again, and that is refused.</summary>
public sealed record RefusedRequest
{
    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>What was asked for, and the answer in the API server's own words.</summary>
    public string Message { get; init; } = "";
}
