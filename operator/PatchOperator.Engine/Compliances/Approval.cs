using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>Which pending updates a policy approves.</summary>
public static class Approval
{
    /// <summary>What a policy asks for and can be installed. Held packages are an administrator's.</summary>
    public static bool Approves(UpdateSettings updates, PendingPackage package) => !package.Held && Allows(updates, package) && Wants(updates, package);

    /// <summary>
    /// Whether an update can be installed, by itself or as the policy lets go what is in its way. What it excludes by name it does not want touched.
    /// </summary>
    public static bool Allows(UpdateSettings updates, PendingPackage package) => package.Blocked is null || (package.Removes is { Count: > 0 } removes
        && removes.All(name => Globs.Matches(updates.AllowRemovals, name) && !Globs.Matches(updates.Exclude, name)));

    /// <summary>What a policy asks for, whether it can be installed or not.</summary>
    public static bool Asks(UpdateSettings updates, PendingPackage package) => !package.Held && Wants(updates, package);

    /// <summary>Whether it is the name of an update that keeps a policy from asking for it.</summary>
    public static bool Excludes(UpdateSettings updates, PendingPackage package) =>
        Globs.Matches(updates.Exclude, package.Name) || (!IsNamed(updates, package) && !IsIncluded(updates, package));

    /// <summary>Whether an update that a policy approves is to wait until it has been known for long enough.</summary>
    /// <param name="updates">What the policy says.</param>
    /// <param name="package">The update.</param>
    /// <param name="seenBefore">What was seen by then has waited long enough; null where nothing has.</param>
    public static bool Waits(UpdateSettings updates, PendingPackage package, DateTimeOffset? seenBefore) =>
        updates.ApproveAfter is not null && !(package.FirstSeen <= seenBefore) && !IsNamed(updates, package);

    /// <summary>The approved updates of a node that change something; a new dependency alone is nothing to patch for.</summary>
    public static IReadOnlyList<PendingPackage> Pending(UpdateSettings updates, NodePatchStatus status) =>
        ThatChange([.. status.Pending.Where(package => Approves(updates, package))]);

    /// <summary>Nothing, where there are but new dependencies.</summary>
    public static IReadOnlyList<PendingPackage> ThatChange(IReadOnlyList<PendingPackage> updates) =>
        updates.Any(package => package.Installed is not null) ? updates : [];

    /// <summary>
    /// What a policy asks for and cannot be installed. What will be by itself is not meant, but for security updates; nor a new dependency, as what needs it is
    /// there as well.
    /// </summary>
    public static IReadOnlyList<PendingPackage> Blocked(UpdateSettings updates, NodePatchStatus status) =>
    [
        .. status.Pending.Where(
            package => package is { Held: false, Installed: not null } && !Allows(updates, package) && !Comes(package) && Wants(updates, package)),
    ];

    /// <summary>
    /// What a policy asks for, and the maker gives to other nodes first. One that is offered it shares it, unless something had to go for it.
    /// </summary>
    public static IReadOnlyList<PendingPackage> Phased(UpdateSettings updates, NodePatchStatus status) =>
        [.. status.Pending.Where(package => package is { Held: false, Phased: true, Removes: null } && Wants(updates, package))];

    /// <summary>Whether an update that cannot be installed yet is nothing to worry about, as its maker gives it to the node later.</summary>
    public static bool Comes(PendingPackage package) => package is { Phased: true, Security: false };

    /// <summary>Whether packages on the node are not whole: its turn mends them.</summary>
    public static bool IsIncomplete(NodePatchStatus status) => status.IncompleteCount > 0;

    /// <summary>Whether the last scan found a reboot due that <paramref name="mode"/> allows.</summary>
    public static bool RebootDue(RebootMode mode, NodePatchStatus status) =>
        mode != RebootMode.Never && status.RebootRequired?.Status == "True";

    /// <summary>Exclude is stronger than all else; new dependencies follow what needs them.</summary>
    private static bool Wants(UpdateSettings updates, PendingPackage package) =>
        !Globs.Matches(updates.Exclude, package.Name) && (IsNamed(updates, package) || (IsOfClass(updates, package) && IsIncluded(updates, package)));

    private static bool IsNamed(UpdateSettings updates, PendingPackage package) =>
        updates.Advisories.Count > 0 && (package.Advisories ?? []).Concat(package.Cves ?? []).Any(id => Globs.Matches(updates.Advisories, id));

    /// <summary>What nobody knows the severity of may be the worst.</summary>
    private static bool IsOfClass(UpdateSettings updates, PendingPackage package) => package.Security
        ? updates.MinSeverity is not { } least || package.Severity is not { } severity || severity >= least
        : updates.Classification == UpdateClassification.All;

    private static bool IsIncluded(UpdateSettings updates, PendingPackage package) =>
        updates.Include.Count == 0 || package.Installed is null || Globs.Matches(updates.Include, package.Name);
}
