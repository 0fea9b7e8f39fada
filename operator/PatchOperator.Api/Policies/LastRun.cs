namespace PatchOperator.Api;

/// <summary>The run of a policy that finished last.</summary>
public sealed record LastRun
{
    public string Name { get; init; } = "";

    public RunPhase Phase { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
