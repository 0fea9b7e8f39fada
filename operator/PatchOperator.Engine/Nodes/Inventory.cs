using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>Takes what a report found on a node over into its status.</summary>
internal static class Inventory
{
    /// <summary>The longest list of changed packages in a status.</summary>
    public const int MaxListed = Limits.ListedPackages;

    /// <summary>The longest list of incomplete packages in a status.</summary>
    public const int MaxIncomplete = 20;

    // As long as the schema allows a name or a version: an archive may offer any nonsense, and a status that the API server refuses would stop everything.
    private const int MaxWord = 256;

    /// <summary>The status with what the Job that is being waited for has found.</summary>
    public static NodePatchStatus Apply(NodeInput input, StepReport report)
    {
        var (status, now) = (input.Status, input.Now);
        var (pending, cut) = MergePending(report, input);
        return status with
        {
            LastScan = new NodeScan
            {
                Time = now,
                StartedAt = status.JobSince,
                Packages = report.Packages ?? status.LastScan?.Packages ?? 0,
                PatchLevel = report.PatchLevel,
                Seconds = status.LastScan?.Seconds,
                StagedDigest = status.LastScan?.StagedDigest,
                StagingFailure = status.LastScan?.StagingFailure,
                DetailsUnavailable = !report.HasDetails,
            },
            ScanFailure = null,
            Node = Identity(status.Node, report.Host, input.Node!, input.Job?.BootId),
            Incomplete = MergeIncomplete(status.Incomplete, report),
            IncompleteCount = report.IncompleteCount,
            Lists = report.Lists is { Message: { } message } lists ? lists with { Message = Text.Fit(message) } : report.Lists,
            Pending = pending,
            PendingCut = cut,
            PendingCount = report.PendingCount ?? status.PendingCount,
            RebootRequired = MergeReboot(status.RebootRequired, report, now),
            OutdatedServices = report.OutdatedServices is { } outdated
                ? outdated with { Names = [.. outdated.Names.Take(Limits.OutdatedServices).Select(Word)] }
                : null,
        };
    }

    /// <summary>The record of an operation with what a report says was changed: by the patch, or to undo it.</summary>
    public static OperationRecord Changes(OperationRecord record, StepReport report) => record.Rollback is { } rollback
        ? record with { Rollback = rollback with { Changed = [.. rollback.Changed, .. report.Changed.Take(MaxListed - rollback.Changed.Count)] } }
        : Patched(record, report);

    private static OperationRecord Patched(OperationRecord record, StepReport report) => record with
    {
        Changed = [.. report.Changed.Take(MaxListed)],
        Kept = report.Kept is { } kept ? kept with { Without = [.. kept.Without.Take(MaxIncomplete).Select(Word)] } : record.Kept,
        Restarted = report.Restarted.Count > 0 ? [.. report.Restarted.Take(MaxListed).Select(Word)] : record.Restarted,
        Substituted = [.. report.Substituted.Take(MaxListed)],
    };

    /// <summary>What a report knows that could not find out what is pending: whether the packages are whole.</summary>
    public static NodePatchStatus ApplyIncomplete(NodePatchStatus status, StepReport report) => report.IncompleteCount is null
        ? status
        : status with { Incomplete = MergeIncomplete(status.Incomplete, report), IncompleteCount = report.IncompleteCount };

    private static List<IncompletePackage> MergeIncomplete(List<IncompletePackage> before, StepReport report) =>
        report.Incomplete is { } incomplete ? [.. incomplete.Take(MaxIncomplete).Select(Fit)] : report.IncompleteCount == 0 ? [] : before;

    // A report may be read after the node has booted again: what it found is of the boot that its Job was made in.
    private static NodeIdentity Identity(NodeIdentity? before, NodeIdentity? reported, NodeFacts node, string? bootId) =>
        (reported ?? before ?? new NodeIdentity { OsImage = node.OsImage, KernelVersion = node.KernelVersion }) with
        {
            Uid = node.Uid,
            BootId = bootId ?? node.BootId,
        };

    private static Listing MergePending(StepReport report, NodeInput input)
    {
        if (report.Pending is null)
            return report.PendingCount is { Total: 0, Held: 0, Blocked: 0 }
                ? new Listing([], null)
                : new Listing(input.Status.Pending, input.Status.PendingCut);
        // A newer version in its place does not begin anew; that it mends a vulnerability, and did not before, does.
        var own = new FirstSeen();
        own.Add(input.Status);
        var elsewhere = input.SeenElsewhere(report.Pending.Where(package => own.Of(package) is null).Select(package => package.Name).ToHashSet());
        return Listing.Of(
            [
                .. report.Pending.Select(package => package with
                {
                    FirstSeen = own.Of(package) ?? (elsewhere.Of(package) is { } seen && seen < input.Now ? seen : input.Now),
                }),
            ],
            input.Policy?.Spec.Updates);
    }

    private static IncompletePackage Fit(IncompletePackage package) =>
        package with { Name = Word(package.Name), State = package.State.Length <= 64 ? package.State : package.State[..64] };

    internal static string Word(string text) => text.Length <= MaxWord ? text : text[..MaxWord];

    private static RebootRequired MergeReboot(RebootRequired? before, StepReport report, DateTimeOffset now)
    {
        var status = report.RebootRequired switch { true => "True", false => "False", null => "Unknown" };
        return new RebootRequired
        {
            Status = status,
            Since = before?.Status == status ? before.Since : now,
            Because = [.. report.RebootBecause.Take(Limits.RebootCauses).Select(Text.Fit)],
        };
    }
}
