namespace PatchOperator.Engine.Decisions;

/// <summary>
/// What follows for one object: first the effects, in order, then the status, then the events. Each effect can be repeated without harm, so that a
/// crash between any two of them, or before the status is written, leads to the same decision again.
/// </summary>
public sealed record Decision<TStatus>
{
    /// <summary>The status as it is once the effects have been applied.</summary>
    public required TStatus Status { get; init; }

    /// <summary>The reason in words, for a person.</summary>
    public required string Why { get; init; }

    /// <summary>What is to be done, in order. Neighbours of one kind are independent of each other and may be done at the same time.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>What a person may want to know of.</summary>
    public IReadOnlyList<EngineEvent> Events { get; init; } = [];

    /// <summary>When to look again though nothing has changed; null when only a change can matter.</summary>
    public TimeSpan? WakeUp { get; init; }

    /// <summary>Whether an object that is being deleted may go.</summary>
    public bool Released { get; init; }
}
