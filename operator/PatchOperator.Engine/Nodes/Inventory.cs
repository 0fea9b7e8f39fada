using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>Takes what a report found on a node over into its status.</summary>
public static class Inventory
{
    /// <summary>The longest list of pending or changed packages in a status.</summary>
    public const int MaxListed = 100;

    public static NodePatchStatus Apply(NodePatchStatus status, StepReport report, NodeFacts node, DateTimeOffset now) => status with
    {
        LastScan = new NodeScan
        {
            Time = now,
            Packages = report.Packages ?? status.LastScan?.Packages ?? 0,
            PatchLevel = report.PatchLevel,
            Seconds = status.LastScan?.Seconds,
            DetailsUnavailable = !report.HasDetails,
        },
        ScanFailure = null,
        Node = Identity(status.Node, report.Host, node),
        Pending = MergePending(status.Pending, report, now),
        PendingCount = report.PendingCount ?? status.PendingCount,
        RebootRequired = MergeReboot(status.RebootRequired, report, now),
    };

    private static NodeIdentity Identity(NodeIdentity? before, NodeIdentity? reported, NodeFacts node) =>
        (reported ?? before ?? new NodeIdentity { OsImage = node.OsImage, KernelVersion = node.KernelVersion }) with { Uid = node.Uid, BootId = node.BootId };

    private static List<PendingPackage> MergePending(List<PendingPackage> before, StepReport report, DateTimeOffset now)
    {
        if (report.Pending is null)
            return report.PendingCount is { Total: 0, Held: 0 } ? [] : before;
        var firstSeen = before.ToDictionary(package => (package.Name, package.Candidate), package => package.FirstSeen);
        return report.Pending
            .OrderByDescending(package => package.Security)
            .ThenBy(package => package.Name, StringComparer.Ordinal)
            .Take(MaxListed)
            .Select(package => package with { FirstSeen = firstSeen.GetValueOrDefault((package.Name, package.Candidate), now) })
            .ToList();
    }

    private static RebootRequired MergeReboot(RebootRequired? before, StepReport report, DateTimeOffset now)
    {
        var status = report.RebootRequired switch { true => "True", false => "False", null => "Unknown" };
        return new RebootRequired
        {
            Status = status,
            Since = before?.Status == status ? before.Since : now,
            Because = [.. report.RebootBecause.Take(10).Select(Text.Fit)],
        };
    }
}
