using PatchOperator.Engine.Compliances;

namespace PatchOperator.Engine.World;

/// <summary>A node's place in the queue of scans: by the time it is due, and among equals scattered, so that nodes of one rack do not come together.</summary>
/// <param name="DueAt">When the scan is due; the beginning of time before the first.</param>
/// <param name="Scatter">See <see cref="ScanSchedule.Scatter"/>.</param>
/// <param name="Node">The node's name.</param>
public readonly record struct ScanTurn(DateTimeOffset DueAt, uint Scatter, string Node)
{
    /// <summary>Who comes first.</summary>
    public static IComparer<ScanTurn> Order { get; } = Comparer<ScanTurn>.Create(Compare);

    /// <summary>The turn of a node; null while none can be due: it belongs to no valid policy, is away, or has something else to do.</summary>
    public static ScanTurn? Of(NodeView view) =>
        view is
        {
            Policy: { InEffect: true } policy, Node: { Ready: true, Leaving: false, ExemptBecause: null }, HoldsSlot: false,
            Patch: { Metadata.DeletionTimestamp: null, Status: { Job: null } status }
        }
            ? new ScanTurn(
                ScanSchedule.NextAt(policy.Spec.Scan, status, view.Node.Uid, view.Node.BootId, view.Node.ReadySince, policy.ScanSince,
                    EarlyStaging.IsDue(policy, status), Unlisted.IsListOutdated(policy.Spec.Updates, status))
                    ?? DateTimeOffset.MinValue,
                ScanSchedule.Scatter(view.Node.Uid),
                view.Node.Name)
            : null;

    private static int Compare(ScanTurn one, ScanTurn other)
    {
        var order = one.DueAt.CompareTo(other.DueAt);
        if (order == 0)
            order = one.Scatter.CompareTo(other.Scatter);
        return order != 0 ? order : string.CompareOrdinal(one.Node, other.Node);
    }
}
