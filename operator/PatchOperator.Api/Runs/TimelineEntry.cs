namespace PatchOperator.Api;

/// <summary>A thing that happened in a run.</summary>
public sealed record TimelineEntry
{
    public DateTimeOffset At { get; init; }

    public string Event { get; init; } = "";
}
