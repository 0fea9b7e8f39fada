using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>How far a wave is.</summary>
/// <param name="Wave">The wave and its rules.</param>
/// <param name="Nodes">Where its nodes stand.</param>
/// <param name="StartedAt">When its first node was begun; null while none has been.</param>
/// <param name="FinishedAt">When all of them had had their turn; null while they have not.</param>
internal sealed record WaveState(PlanWave Wave, NodeTally Nodes, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>When its soak was over, and every check of it passed; null before that.</summary>
    public DateTimeOffset? SoakedAt { get; init; }

    /// <summary>Until when the next wave waits at least; null while this one has not finished. One in which nothing was done has nothing to wait for.</summary>
    public DateTimeOffset? SoaksUntil => StartedAt is null ? FinishedAt : FinishedAt + Durations.Parse(Wave.Soak);

    /// <summary>How many of its nodes may be unavailable at once; null where the wave has no rule of its own.</summary>
    public int? Budget => Wave.MaxUnavailable is { } most ? Shares.Budget(most, Nodes.Total) : null;

    /// <summary>Whether the wave's own budget has room for one more node, beside those that were admitted just now.</summary>
    public bool HasRoomFor(NodeView view, IReadOnlyList<NodeView> admitted) =>
        Budget is not { } budget
        || (view.IsUnavailable ? Nodes.InFlight.Count + admitted.Count : Nodes.Unavailable + admitted.Count(node => !node.IsUnavailable)) < budget;

    /// <summary>As it is written.</summary>
    public RunWave Status => new()
    {
        Name = Wave.Name,
        Total = Nodes.Total,
        Pending = Nodes.Pending.Count,
        InProgress = Nodes.InFlight.Count,
        Succeeded = Nodes.Succeeded.Count,
        Failed = Nodes.Failed.Count,
        Skipped = Nodes.Skipped,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        SoakedAt = SoakedAt,
    };
}
