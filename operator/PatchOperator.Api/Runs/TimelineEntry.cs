namespace PatchOperator.Api;

public sealed record TimelineEntry
{
    public DateTimeOffset At { get; init; }

    public string Event { get; init; } = "";
}
