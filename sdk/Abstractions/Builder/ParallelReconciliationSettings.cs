namespace KubeOps.Abstractions.Builder;

/// <summary>How many objects of a kind are reconciled at once, and how failures are retried.</summary>
public sealed record ParallelReconciliationSettings
{
    /// <summary>At most this many objects of a kind at once; one object never twice at once.</summary>
    public required int MaxParallelReconciliations { get; init; }

    /// <summary>After this many failures in a row the package gives up on an object. We never do.</summary>
    public required int MaxErrorRetries { get; init; }

    /// <summary>The pause after the first failure; it doubles with each further one, up to five minutes.</summary>
    public required TimeSpan ErrorBackoffBase { get; init; }
}
