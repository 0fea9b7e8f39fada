namespace PatchOperator.Fleet.Scale;

/// <summary>All nodes patched once.</summary>
internal sealed record Rollout
{
    public required string Name { get; init; }

    public required double Seconds { get; init; }

    /// <summary>See <see cref="Floor"/>.</summary>
    public required double FloorSeconds { get; init; }

    public double Ratio => Seconds / FloorSeconds;

    /// <summary>How many nodes changed.</summary>
    public required int Patched { get; init; }

    /// <summary>Nodes that were not patched, rebooted and uncordoned when it ended.</summary>
    public required int Unfinished { get; init; }

    /// <summary>From admission to done, in seconds; NaN where nobody was.</summary>
    public required double TurnP50 { get; init; }

    /// <inheritdoc cref="TurnP50"/>
    public required double TurnP99 { get; init; }

    /// <summary>Per patched node, by verb and resource, the lease left out.</summary>
    public IReadOnlyDictionary<string, double> WritesPerNode { get; init; } = new Dictionary<string, double>();

    /// <summary>Of these the sum without evictions and events.</summary>
    public double OwnWritesPerNode =>
        WritesPerNode.Where(kind => kind.Key is not "create pods/eviction" && !kind.Key.EndsWith(" events", StringComparison.Ordinal)).Sum(kind => kind.Value);
}
