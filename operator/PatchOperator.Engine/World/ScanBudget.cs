namespace PatchOperator.Engine.World;

/// <summary>
/// How many nodes are scanned at once. Those that are due take their turns in the order of <see cref="Fleet.ScanQueue"/>; a node may begin when there is
/// room for it and for all before it.
/// </summary>
/// <param name="AtOnce">How many scan Jobs there may be at the same time.</param>
public sealed record ScanBudget(int AtOnce)
{
    /// <summary>Whether a node may be scanned now.</summary>
    public bool Allows(Fleet fleet, NodeView view) => fleet.PlaceInScanQueue(view) is not { } place || place < Free(fleet);

    /// <summary>How many scans may begin.</summary>
    public int Free(Fleet fleet) => Math.Max(0, AtOnce - fleet.ScansUnderWay);
}
