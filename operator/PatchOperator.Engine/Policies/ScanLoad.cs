using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>How many scans of the whole cluster are due or under way: those of one policy take their turns among them.</summary>
/// <param name="Due">How many nodes are being scanned, or wait for it.</param>
/// <param name="AtOnce">How many are scanned at once.</param>
internal sealed record ScanLoad(int Due, int AtOnce)
{
    /// <summary>The cluster's at an instant.</summary>
    public static ScanLoad Of(Fleet fleet, ScanBudget budget, DateTimeOffset now) =>
        new(fleet.ScansUnderWay + fleet.ScanQueue.TakeWhile(turn => turn.DueAt <= now).Count(), budget.AtOnce);

    /// <summary>About how long it takes until so many nodes, and those between them, are scanned.</summary>
    /// <param name="nodes">How many wait; some may not be in the queue yet.</param>
    /// <param name="each">How long one takes.</param>
    public TimeSpan Lasts(int nodes, TimeSpan each) => each * Math.Ceiling((double)Math.Max(Due, nodes) / AtOnce);
}
