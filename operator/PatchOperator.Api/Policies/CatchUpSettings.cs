namespace PatchOperator.Api;

/// <summary>What is done about nodes that fell behind the others.</summary>
public sealed record CatchUpSettings
{
    /// <summary>When they are caught up.</summary>
    public CatchUpMode Mode { get; init; } = CatchUpMode.Schedule;

    /// <summary>Whether they are tainted, so that no further pod comes to them, until they are verified. Not with <see cref="CatchUpMode.Never"/>.</summary>
    public bool Taint { get; init; }
}
