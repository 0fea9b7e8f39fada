using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>What a policy makes of what is known of a node. It depends on nothing else, so it is computed once for each version of the two.</summary>
public sealed class Assessment
{
    private readonly PatchPolicySpec spec;
    private readonly NodePatchStatus status;
    private readonly string? exempt;
    private readonly DateTimeOffset? scanStaleAt;
    private readonly DateTimeOffset? listsStaleAt;
    private Verdict? verdict;
    private Verdict? verdictByStaleLists;

    private Assessment(PatchPolicySpec spec, NodePatchStatus status, string? exempt = null, DateTimeOffset? seenBefore = null)
    {
        (this.spec, this.status, this.exempt) = (spec, status, exempt);
        Wanted = Approval.Pending(spec.Updates, status);
        // One that has fallen behind is to get what the others have.
        Deferred = status.Quarantine is { ReleasedAt: null } ? [] : [.. Wanted.Where(package => Approval.Waits(spec.Updates, package, seenBefore))];
        Approved = Deferred.Count == 0 ? Wanted : Approval.ThatChange([.. Wanted.Except(Deferred)]);
        DeferredUnlisted = status.Quarantine is { ReleasedAt: null } ? [] : Unlisted.Waiting(spec.Updates, status, seenBefore);
        Phased = Approval.Phased(spec.Updates, status);
        RebootDue = Approval.RebootDue(spec.Reboot.Mode, status);
        (scanStaleAt, listsStaleAt) = (Compliance.ScanStaleAt(spec, status), Compliance.ListsStaleAt(spec, status));
        foreach (var package in Approved)
        {
            Security += package.Security ? 1 : 0;
            if (OldestFirstSeen is null || package.FirstSeen < OldestFirstSeen)
                OldestFirstSeen = package.FirstSeen;
            if (package.Security && (OldestSecurity is null || package.FirstSeen < OldestSecurity))
                OldestSecurity = package.FirstSeen;
        }
    }

    /// <summary>The approved updates that change something; a new dependency alone is nothing to patch for.</summary>
    public IReadOnlyList<PendingPackage> Approved { get; }

    /// <summary>What would be approved, and has not been known for long enough.</summary>
    public IReadOnlyList<PendingPackage> Deferred { get; }

    /// <summary>The same of what is not listed.</summary>
    public IReadOnlyList<SeenUpdates> DeferredUnlisted { get; }

    /// <summary>When the oldest of the two was first seen, in UTC; null where nothing waits.</summary>
    public DateTimeOffset? OldestDeferred =>
        Deferred.Select(package => package.FirstSeen).Concat(DeferredUnlisted.Select(seen => seen.At)).Min(at => (DateTimeOffset?)at);

    /// <summary><see cref="Approved"/> and <see cref="Deferred"/>: what a person may ask for at any time.</summary>
    public IReadOnlyList<PendingPackage> Wanted { get; }

    /// <summary>What would be approved, and its maker gives to other nodes first: needed once one of the policy's is offered it.</summary>
    public IReadOnlyList<PendingPackage> Phased { get; }

    /// <summary>How many of <see cref="Approved"/> are security updates.</summary>
    public int Security { get; }

    /// <summary>Since when the oldest of <see cref="Approved"/> has been known.</summary>
    public DateTimeOffset? OldestFirstSeen { get; }

    /// <summary>Since when the oldest security update of <see cref="Approved"/> has been known.</summary>
    public DateTimeOffset? OldestSecurity { get; }

    /// <summary>Whether a reboot is due that the policy allows.</summary>
    public bool RebootDue { get; }

    /// <summary>Whether the node needs a turn: for an approved update, packages that are not whole, or a reboot.</summary>
    public bool NeedsRun => Approved.Count > 0 || RebootDue || Approval.IsIncomplete(status);

    /// <summary>When more of what is known turns too old, after an instant; null when nothing will.</summary>
    public DateTimeOffset? StaleAfter(DateTimeOffset now)
    {
        var (scan, lists) = (scanStaleAt > now ? scanStaleAt : null, listsStaleAt > now ? listsStaleAt : null);
        return lists is null || scan < lists ? scan : lists;
    }

    /// <param name="spec">What the node's policy asks for; null when it belongs to none: then nothing is approved.</param>
    /// <param name="status">What is known of the node.</param>
    /// <param name="exempt">Why the node has nothing to be patched; null when it has.</param>
    /// <param name="seenBefore">Updates that were first seen by then have waited long enough, in UTC; null where none has.</param>
    public static Assessment Of(PatchPolicySpec? spec, NodePatchStatus status, string? exempt = null, DateTimeOffset? seenBefore = null) =>
        spec is null || exempt is not null
            ? new Assessment(new PatchPolicySpec(), new NodePatchStatus(), exempt)
            : new Assessment(spec, status, exempt: null, seenBefore);

    /// <summary>Where the node stands at an instant. One that fell behind is in quarantine, whatever is found on it, until it is verified.</summary>
    public Verdict At(DateTimeOffset now) => status.Quarantine is { ReleasedAt: null } quarantine && Found(now) is { State: not ComplianceState.Failed } found
        ? new Verdict(ComplianceState.Quarantined, quarantine.Reason, $"{quarantine.Message}; {found.Message}")
        : Found(now);

    /// <summary>What is known of it at an instant: knowledge grows old by itself.</summary>
    public Verdict Found(DateTimeOffset now)
    {
        if (exempt is not null)
            return new Verdict(ComplianceState.Exempt, Reasons.NothingToPatch, exempt);
        if (now >= scanStaleAt && !Slots.InFlight(status))
            return new Verdict(ComplianceState.Unknown, Reasons.ScanStale, $"the last good scan is older than twice the interval of {spec.Scan.Interval}");
        return now >= listsStaleAt
            ? verdictByStaleLists ??= Compliance.Judge(spec, status, this, listsAreStale: true)
            : verdict ??= Compliance.Judge(spec, status, this, listsAreStale: false);
    }
}
