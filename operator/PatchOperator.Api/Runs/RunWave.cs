namespace PatchOperator.Api;

/// <summary>How far a wave of a run is.</summary>
public sealed record RunWave
{
    public string Name { get; init; } = "";

    public int Total { get; init; }

    public int Pending { get; init; }

    public int InProgress { get; init; }

    public int Succeeded { get; init; }

    public int Failed { get; init; }

    public int Skipped { get; init; }

    /// <summary>When its first node was begun.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When every node of it had had its turn.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When its soak was over, and every health check of it passed.</summary>
    public DateTimeOffset? SoakedAt { get; init; }
}
