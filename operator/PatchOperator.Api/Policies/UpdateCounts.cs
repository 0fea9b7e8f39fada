namespace PatchOperator.Api;

/// <summary>The approved updates that are pending, added up over all nodes of a policy.</summary>
public sealed record UpdateCounts
{
    /// <summary>Approved security updates that are pending, over all nodes.</summary>
    public int Security { get; init; }

    /// <summary>All approved updates that are pending, over all nodes.</summary>
    public int Total { get; init; }

    /// <summary>What becomes of the updates that the nodes list, added up.</summary>
    public UpdateStateCounts States { get; init; } = new();

    /// <summary>When the oldest of them was first seen on any node.</summary>
    public DateTimeOffset? OldestFirstSeen { get; init; }
}
