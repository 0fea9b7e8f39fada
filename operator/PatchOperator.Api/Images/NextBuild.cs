namespace PatchOperator.Api;

/// <summary>The next build that is foreseen, and what will start it.</summary>
public sealed record NextBuild
{
    public DateTimeOffset At { get; init; }

    public BuildTrigger Trigger { get; init; }
}
