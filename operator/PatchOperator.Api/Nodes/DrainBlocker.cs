namespace PatchOperator.Api;

/// <summary>The pod that keeps a node from being drained, and why.</summary>
public sealed record DrainBlocker
{
    /// <summary>The pod, as namespace/name.</summary>
    public string Pod { get; init; } = "";

    /// <summary>The PodDisruptionBudget that forbids its eviction, as namespace/name; absent where it is none, or the API server does not name it.</summary>
    public string? Budget { get; init; }

    /// <summary>Why, as one word.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why, in words.</summary>
    public string Message { get; init; } = "";
}
