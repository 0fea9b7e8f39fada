using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>Where a node stands against its policy.</summary>
public static class Compliance
{
    /// <summary>The state now; its <c>since</c> is kept while the state is the same.</summary>
    public static NodeCompliance Of(string policy, Assessment assessment, NodePatchStatus status, DateTimeOffset now)
    {
        var (state, reason, message) = assessment.At(now);
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

    /// <summary>When the last good scan turns stale; null before the first.</summary>
    internal static DateTimeOffset? ScanStaleAt(PatchPolicySpec spec, NodePatchStatus status) =>
        status.LastScan is { } scan ? scan.Time + 2 * Durations.Parse(spec.Scan.Interval) : null;

    /// <summary>When the package lists that it went by are too old; null where that is not known.</summary>
    internal static DateTimeOffset? ListsStaleAt(PatchPolicySpec spec, NodePatchStatus status) =>
        status.Lists?.RefreshedAt + Durations.Parse(spec.Updates.MaxListAge);

    // What was found wrong is wrong however little else is known; that nothing was found says something only where enough was known.
    internal static Verdict Judge(PatchPolicySpec spec, NodePatchStatus status, Assessment assessment, bool listsAreStale)
    {
        if (Slots.InFlight(status))
            return new Verdict(ComplianceState.NonCompliant, Reasons.OperationInProgress, $"run {status.LastOperation!.Run} is patching the node");
        if (status.LastScan is null)
            return status.ScanFailure is { } failure
                ? new Verdict(ComplianceState.Unknown, Reasons.ScanFailed, $"{failure.Reason}: {failure.Message}")
                : new Verdict(ComplianceState.Unknown, Reasons.NotScanned, "not scanned yet");
        if (Approval.IsIncomplete(status))
            return new Verdict(
                ComplianceState.NonCompliant, Reasons.PackagesIncomplete, $"{status.IncompleteCount} packages are not whole: {Incomplete(status)}");

        var pending = assessment.Approved;
        if (status.Phase == NodePhase.Failed && (assessment.NeedsRun || Verdicts.SayUnwell(status.LastOperation)))
            return new Verdict(
                ComplianceState.Failed, status.LastOperation?.Reason ?? Reasons.OperationFailed, status.LastOperation?.Message ?? "its last operation failed");
        if (pending.Count > 0)
            return new Verdict(
                ComplianceState.NonCompliant,
                Reasons.UpdatesPending,
                $"{pending.Count} approved updates are pending: {Names(pending)}{More(spec.Updates, status)}");
        var unlisted = Unlisted.Of(spec.Updates, status);
        if (unlisted.Wanted > assessment.DeferredUnlisted.Sum(seen => seen.Names.Count))
            return new Verdict(ComplianceState.NonCompliant, Reasons.UpdatesPending, "updates are pending; the next scan lists them");
        return JudgeBlocked(spec, status, unlisted) ?? JudgeUnlisted(unlisted) ?? JudgeLists(spec, status, listsAreStale)
            ?? JudgeReboot(spec, status, assessment);
    }

    private static Verdict? JudgeBlocked(PatchPolicySpec spec, NodePatchStatus status, Unlisted unlisted)
    {
        var blocked = Approval.Blocked(spec.Updates, status);
        if (blocked.Count > 0)
            return new Verdict(ComplianceState.NonCompliant, Reasons.UpdatesBlocked, $"{blocked.Count} updates cannot be installed: {Explain(blocked)}");
        return unlisted.Blocked > 0
            ? new Verdict(ComplianceState.NonCompliant, Reasons.UpdatesBlocked, "updates cannot be installed; the scan's report says why")
            : null;
    }

    private static Verdict? JudgeUnlisted(Unlisted unlisted) => unlisted.Possible
        ? new Verdict(
            ComplianceState.Unknown, Reasons.UpdatesUnlisted, "the list of pending updates may lack what the policy asks for by now; the next scan lists it")
        : null;

    private static Verdict? JudgeLists(PatchPolicySpec spec, NodePatchStatus status, bool areStale) => status.Lists switch
    {
        { Complete: false, Message: var message } => new Verdict(ComplianceState.Unknown, Reasons.ListsMissing, message ?? "the node has no package lists"),
        { RefreshedAt: { } refreshed } when areStale =>
            new Verdict(
                ComplianceState.Unknown,
                Reasons.ListsStale,
                $"the package lists are of {refreshed.UtcDateTime:yyyy-MM-dd HH:mm} UTC, older than updates.maxListAge of {spec.Updates.MaxListAge}"),
        _ => null,
    };

    private static Verdict JudgeReboot(PatchPolicySpec spec, NodePatchStatus status, Assessment assessment) => status.RebootRequired switch
    {
        _ when spec.Reboot.Mode == RebootMode.Never =>
            new Verdict(ComplianceState.Compliant, Reasons.Compliant, $"no approved update is pending{Waiting(spec, assessment)}"),
        { Status: "True", Because: var because } =>
            new Verdict(ComplianceState.PendingReboot, Reasons.RebootPending, $"a reboot is due: {string.Join("; ", because)}"),
        { Status: "False" } =>
            new Verdict(ComplianceState.Compliant, Reasons.Compliant, $"no approved update is pending and no reboot is due{Waiting(spec, assessment)}"),
        _ => new Verdict(ComplianceState.Unknown, Reasons.RebootUnknown, "whether a reboot is due could not be found out"),
    };

    private static string Waiting(PatchPolicySpec spec, Assessment assessment)
    {
        List<string> deferred = [.. assessment.Deferred.Select(package => package.Name), .. assessment.DeferredUnlisted.SelectMany(seen => seen.Names)];
        var phased = assessment.Phased;
        return (deferred.Count == 0 ? "" : $"; {deferred.Count} updates wait until they have been known for {spec.Updates.ApproveAfter}: {Names(deferred)}")
            + (phased.Count == 0 ? "" : $"; {phased.Count} updates are phased, given to other machines first: {Names(phased)}");
    }

    private static string More(UpdateSettings updates, NodePatchStatus status) =>
        status.PendingCut is { Wanted: > 0 and var more } cut && cut.Rules == Unlisted.RulesOf(updates)
            ? $"; {more} more are not listed, and come after these"
            : "";

    private static string Names(IReadOnlyList<PendingPackage> pending) => Names([.. pending.Select(package => package.Name)]);

    private static string Names(List<string> names) => string.Join(", ", names.Take(5)) + (names.Count > 5 ? ", …" : "");

    private static string Explain(IReadOnlyList<PendingPackage> blocked) =>
        string.Join(", ", blocked.Take(5).Select(package => $"{package.Name} {package.Candidate} ({package.Blocked})")) + (blocked.Count > 5 ? ", …" : "");

    private static string Incomplete(NodePatchStatus status) => status.Incomplete.Count == 0
        ? "the next scan lists them"
        : string.Join(", ", status.Incomplete.Take(5).Select(package => $"{package.Name} ({package.State})")) + (status.IncompleteCount > 5 ? ", …" : "");
}
