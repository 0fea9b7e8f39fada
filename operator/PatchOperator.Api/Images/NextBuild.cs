namespace PatchOperator.Api;

public sealed record NextBuild
{
    public DateTimeOffset At { get; init; }

    public BuildTrigger Trigger { get; init; }
}
