using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>Where a node stands against its policy.</summary>
public static class Compliance
{
    /// <summary>The state now; its <c>since</c> is kept while the state is the same.</summary>
    public static NodeCompliance Of(string policy, PatchPolicySpec spec, NodePatchStatus status, DateTimeOffset now)
    {
        var (state, reason, message) = Assessment.Of(spec, status).At(now);
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

    /// <summary>When a good scan turns stale; null before the first.</summary>
    public static DateTimeOffset? StaleAt(PatchPolicySpec spec, NodePatchStatus status) =>
        status.LastScan is { } scan ? scan.Time + 2 * Durations.Parse(spec.Scan.Interval) : null;

    /// <summary>The verdict as long as what is known is not too old.</summary>
    internal static Verdict Judge(PatchPolicySpec spec, NodePatchStatus status, Assessment assessment)
    {
        if (Slots.InFlight(status))
            return new(ComplianceState.NonCompliant, Reasons.OperationInProgress, $"run {status.LastOperation!.Run} is patching the node");
        if (status.LastScan is null)
            return status.ScanFailure is { } failure
                ? new(ComplianceState.Unknown, Reasons.ScanFailed, $"{failure.Reason}: {failure.Message}")
                : new(ComplianceState.Unknown, Reasons.NotScanned, "not scanned yet");

        var pending = assessment.Approved;
        if (status.Phase == NodePhase.Failed && assessment.NeedsRun)
            return new(ComplianceState.Failed, status.LastOperation?.Reason ?? Reasons.OperationFailed, status.LastOperation?.Message ?? "its last operation failed");
        if (pending.Count > 0)
            return new(ComplianceState.NonCompliant, Reasons.UpdatesPending, $"{pending.Count} approved updates are pending: {Names(pending)}");
        if (HidesUpdates(spec.Updates, status))
            return new(ComplianceState.NonCompliant, Reasons.UpdatesPending, "updates are pending; the next scan lists them");
        return JudgeReboot(spec.Reboot.Mode, status);
    }

    private static Verdict JudgeReboot(RebootMode mode, NodePatchStatus status) => status.RebootRequired switch
    {
        _ when mode == RebootMode.Never => new(ComplianceState.Compliant, Reasons.Compliant, "no approved update is pending"),
        { Status: "True", Because: var because } => new(ComplianceState.PendingReboot, Reasons.RebootPending, $"a reboot is due: {string.Join("; ", because)}"),
        { Status: "False" } => new(ComplianceState.Compliant, Reasons.Compliant, "no approved update is pending and no reboot is due"),
        _ => new(ComplianceState.Unknown, Reasons.RebootUnknown, "whether a reboot is due could not be found out"),
    };

    // The list is that of an earlier scan, or holds a hundred entries at most: the counts then know of more than it shows.
    private static bool HidesUpdates(UpdateSettings updates, NodePatchStatus status)
    {
        if (status.PendingCount is not { } count || updates.Include.Count + updates.Exclude.Count > 0)
            return false;
        var listed = status.Pending.Count(package => !package.Held && (package.Security || updates.Classification == UpdateClassification.All));
        return (updates.Classification == UpdateClassification.All ? count.Total : count.Security) > listed;
    }

    private static string Names(IReadOnlyList<PendingPackage> pending) =>
        string.Join(", ", pending.Take(5).Select(package => package.Name)) + (pending.Count > 5 ? ", …" : "");
}
