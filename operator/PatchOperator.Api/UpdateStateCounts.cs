namespace PatchOperator.Api;

/// <summary>How many listed updates are in which state.</summary>
public sealed record UpdateStateCounts
{
    public int Pending { get; init; }

    public int Approved { get; init; }

    public int Deferred { get; init; }

    public int Excluded { get; init; }

    public int Held { get; init; }

    public int Phased { get; init; }

    public int Blocked { get; init; }

    public int Failed { get; init; }

    /// <summary>Those of some nodes together.</summary>
    public static UpdateStateCounts operator +(UpdateStateCounts one, UpdateStateCounts other) => new()
    {
        Pending = one.Pending + other.Pending,
        Approved = one.Approved + other.Approved,
        Deferred = one.Deferred + other.Deferred,
        Excluded = one.Excluded + other.Excluded,
        Held = one.Held + other.Held,
        Phased = one.Phased + other.Phased,
        Blocked = one.Blocked + other.Blocked,
        Failed = one.Failed + other.Failed,
    };
}
