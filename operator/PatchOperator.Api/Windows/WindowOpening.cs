namespace PatchOperator.Api;

/// <summary>An opening of a window, from its start until its end.</summary>
public sealed record WindowOpening
{
    public DateTimeOffset OpensAt { get; init; }

    public DateTimeOffset ClosesAt { get; init; }

    /// <summary>Why it is not as the schedules have it, or what was skipped before it; null where there is nothing to say.</summary>
    public string? Note { get; init; }
}
