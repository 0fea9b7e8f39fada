using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>Takes what a report found on a node over into its status.</summary>
internal static class Inventory
{
    /// <summary>The longest list of pending or changed packages in a status.</summary>
    public const int MaxListed = 100;

    /// <summary>The status with what the Job that is being waited for has found.</summary>
    public static NodePatchStatus Apply(NodeInput input, StepReport report)
    {
        var (status, now) = (input.Status, input.Now);
        return status with
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
            Node = Identity(status.Node, report.Host, input.Node!, input.Job?.BootId),
            Pending = MergePending(status.Pending, report, now),
            PendingCount = report.PendingCount ?? status.PendingCount,
            RebootRequired = MergeReboot(status.RebootRequired, report, now),
        };
    }

    // A report may be read after the node has booted again: what it found is of the boot that its Job was made in.
    private static NodeIdentity Identity(NodeIdentity? before, NodeIdentity? reported, NodeFacts node, string? bootId) =>
        (reported ?? before ?? new NodeIdentity { OsImage = node.OsImage, KernelVersion = node.KernelVersion }) with { Uid = node.Uid, BootId = bootId ?? node.BootId };

    private static List<PendingPackage> MergePending(List<PendingPackage> before, StepReport report, DateTimeOffset now)
    {
        if (report.Pending is null)
            return report.PendingCount is { Total: 0, Held: 0 } ? [] : before;
        var firstSeen = before.GroupBy(package => (package.Name, package.Candidate)).ToDictionary(same => same.Key, same => same.Min(package => package.FirstSeen));
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
