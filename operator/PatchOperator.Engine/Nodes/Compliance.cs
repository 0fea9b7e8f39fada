using PatchOperator.Api;

namespace PatchOperator.Engine.Nodes;

/// <summary>Where a node stands against its policy.</summary>
public static class Compliance
{
    /// <summary>The state now; its <c>since</c> is kept while the state is the same.</summary>
    public static NodeCompliance Of(string policy, PatchPolicySpec spec, NodePatchStatus status, DateTimeOffset now)
    {
        var (state, reason, message) = Judge(spec, status, now);
        var before = status.Compliance;
        return new NodeCompliance
        {
            Policy = policy,
            State = state,
            Reason = reason,
            Message = Text.Fit(message),
            Since = before?.State == state && before.Policy == policy ? before.Since : now,
        };
    }

    /// <summary>When what is known turns too old: the last good scan, or the package lists that it went by. Null before the first.</summary>
    public static DateTimeOffset? StaleAt(PatchPolicySpec spec, NodePatchStatus status) =>
        ScanStaleAt(spec, status) is { } scan ? ListsStaleAt(spec, status) is { } lists && lists < scan ? lists : scan : null;

    private static DateTimeOffset? ScanStaleAt(PatchPolicySpec spec, NodePatchStatus status) =>
        status.LastScan is { } scan ? scan.Time + 2 * Durations.Parse(spec.Scan.Interval) : null;

    private static DateTimeOffset? ListsStaleAt(PatchPolicySpec spec, NodePatchStatus status) => status.Lists?.RefreshedAt + Durations.Parse(spec.Updates.MaxListAge);

    // What was found wrong is wrong however little else is known; that nothing was found says something only where enough was known.
    private static (ComplianceState, string, string) Judge(PatchPolicySpec spec, NodePatchStatus status, DateTimeOffset now)
    {
        if (NodePhases.InFlight(status))
            return (ComplianceState.NonCompliant, Reasons.OperationInProgress, $"run {status.LastOperation!.Run} is patching the node");
        if (status.LastScan is null)
            return status.ScanFailure is { } failure
                ? (ComplianceState.Unknown, Reasons.ScanFailed, $"{failure.Reason}: {failure.Message}")
                : (ComplianceState.Unknown, Reasons.NotScanned, "not scanned yet");
        if (now >= ScanStaleAt(spec, status))
            return (ComplianceState.Unknown, Reasons.ScanStale, $"the last good scan is older than twice the interval of {spec.Scan.Interval}");
        if (Approval.IsIncomplete(status))
            return (ComplianceState.NonCompliant, Reasons.PackagesIncomplete, $"{status.IncompleteCount} packages are not whole: {Incomplete(status)}");

        var pending = Approval.Pending(spec.Updates, status);
        if (status.Phase == NodePhase.Failed && Approval.NeedsRun(spec, status))
            return (ComplianceState.Failed, status.LastOperation?.Reason ?? Reasons.OperationFailed, status.LastOperation?.Message ?? "its last operation failed");
        if (pending.Count > 0)
            return (ComplianceState.NonCompliant, Reasons.UpdatesPending, $"{pending.Count} approved updates are pending: {Names(pending)}");
        if (Hides(spec.Updates, status, blocked: false))
            return (ComplianceState.NonCompliant, Reasons.UpdatesPending, "updates are pending; the next scan lists them");
        return JudgeBlocked(spec, status) ?? JudgeLists(spec, status, now) ?? JudgeReboot(spec.Reboot.Mode, status);
    }

    private static (ComplianceState, string, string)? JudgeBlocked(PatchPolicySpec spec, NodePatchStatus status)
    {
        var blocked = Approval.Blocked(spec.Updates, status);
        if (blocked.Count > 0)
            return (ComplianceState.NonCompliant, Reasons.UpdatesBlocked, $"{blocked.Count} updates cannot be installed: {Explain(blocked)}");
        return Hides(spec.Updates, status, blocked: true)
            ? (ComplianceState.NonCompliant, Reasons.UpdatesBlocked, "updates cannot be installed; the scan's report says why")
            : null;
    }

    private static (ComplianceState, string, string)? JudgeLists(PatchPolicySpec spec, NodePatchStatus status, DateTimeOffset now) => status.Lists switch
    {
        { Complete: false, Message: var message } => (ComplianceState.Unknown, Reasons.ListsMissing, message ?? "the node has no package lists"),
        { RefreshedAt: { } refreshed } when now >= ListsStaleAt(spec, status) =>
            (ComplianceState.Unknown, Reasons.ListsStale, $"the package lists are of {refreshed.UtcDateTime:yyyy-MM-dd HH:mm} UTC, older than updates.maxListAge of {spec.Updates.MaxListAge}"),
        _ => null,
    };

    private static (ComplianceState, string, string) JudgeReboot(RebootMode mode, NodePatchStatus status) => status.RebootRequired switch
    {
        _ when mode == RebootMode.Never => (ComplianceState.Compliant, Reasons.Compliant, "no approved update is pending"),
        { Status: "True", Because: var because } => (ComplianceState.PendingReboot, Reasons.RebootPending, $"a reboot is due: {string.Join("; ", because)}"),
        { Status: "False" } => (ComplianceState.Compliant, Reasons.Compliant, "no approved update is pending and no reboot is due"),
        _ => (ComplianceState.Unknown, Reasons.RebootUnknown, "whether a reboot is due could not be found out"),
    };

    // The list is that of an earlier scan, or holds a hundred entries at most: the counts then know of more than it shows.
    private static bool Hides(UpdateSettings updates, NodePatchStatus status, bool blocked)
    {
        if (status.PendingCount is not { } count || updates.Include.Count + updates.Exclude.Count > 0)
            return false;
        var all = updates.Classification == UpdateClassification.All;
        var listed = status.Pending.Count(package => !package.Held && package.Blocked is not null == blocked && (package.Security || all));
        return listed < (blocked ? (all ? count.Blocked : count.BlockedSecurity) : (all ? count.Total : count.Security));
    }

    private static string Names(IReadOnlyList<PendingPackage> pending) =>
        string.Join(", ", pending.Take(5).Select(package => package.Name)) + (pending.Count > 5 ? ", …" : "");

    private static string Explain(IReadOnlyList<PendingPackage> blocked) =>
        string.Join(", ", blocked.Take(5).Select(package => $"{package.Name} {package.Candidate} ({package.Blocked})")) + (blocked.Count > 5 ? ", …" : "");

    private static string Incomplete(NodePatchStatus status) => status.Incomplete.Count == 0
        ? "the next scan lists them"
        : string.Join(", ", status.Incomplete.Take(5).Select(package => $"{package.Name} ({package.State})")) + (status.IncompleteCount > 5 ? ", …" : "");
}
