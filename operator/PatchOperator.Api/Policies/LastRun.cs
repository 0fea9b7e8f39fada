namespace PatchOperator.Api;

public sealed record LastRun
{
    public string Name { get; init; } = "";

    public RunPhase Phase { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
