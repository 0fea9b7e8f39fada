namespace PatchOperator.Api;

/// <summary>Why a build made nothing, or nothing that may be promoted.</summary>
public sealed record BuildFailure
{
    /// <summary><c>build</c>, <c>test</c>, <c>scan</c>, <c>report</c> or <c>gate</c>.</summary>
    public string Step { get; init; } = "";

    /// <summary>A constant of <see cref="Reasons"/>.</summary>
    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";
}
