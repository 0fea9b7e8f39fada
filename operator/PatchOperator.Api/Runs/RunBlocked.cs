namespace PatchOperator.Api;

/// <summary>A node of a run that cannot be drained now, and what keeps it from that.</summary>
public sealed record RunBlocked
{
    public string Node { get; init; } = "";

    /// <summary>The pod, as namespace/name.</summary>
    public string Pod { get; init; } = "";

    /// <summary>The PodDisruptionBudget that forbids its eviction, as namespace/name; absent where it is none, or the API server does not name it.</summary>
    public string? Budget { get; init; }

    /// <summary>Why, as one word.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why, in words.</summary>
    public string Message { get; init; } = "";

    /// <summary>When it was asked last whether the node can be drained; absent while a drain is under way on it.</summary>
    public DateTimeOffset? CheckedAt { get; init; }
}
