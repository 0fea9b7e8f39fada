namespace PatchOperator.Api;

/// <summary>How a run has ended whose hook afterRun is still to be run.</summary>
public sealed record RunOutcome
{
    public RunPhase Phase { get; init; }

    /// <summary>Why, in words.</summary>
    public string Message { get; init; } = "";
}
