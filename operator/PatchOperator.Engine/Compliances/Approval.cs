using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>Which pending updates a policy approves.</summary>
public static class Approval
{
    /// <summary>What a policy asks for and can be installed. Held packages are an administrator's.</summary>
    public static bool Approves(UpdateSettings updates, PendingPackage package) => !package.Held && package.Blocked is null && Wants(updates, package);

    /// <summary>The approved updates of a node that change something; a new dependency alone is nothing to patch for.</summary>
    public static IReadOnlyList<PendingPackage> Pending(UpdateSettings updates, NodePatchStatus status)
    {
        var approved = status.Pending.Where(package => Approves(updates, package)).ToList();
        return approved.Any(package => package.Installed is not null) ? approved : [];
    }

    /// <summary>What a policy asks for and cannot be installed.</summary>
    public static IReadOnlyList<PendingPackage> Blocked(UpdateSettings updates, NodePatchStatus status) =>
        [.. status.Pending.Where(package => package is { Held: false, Blocked: not null } && Wants(updates, package))];

    /// <summary>Whether packages on the node are not whole: its turn mends them.</summary>
    public static bool IsIncomplete(NodePatchStatus status) => status.IncompleteCount > 0;

    /// <summary>Whether the last scan found a reboot due that <paramref name="mode"/> allows.</summary>
    public static bool RebootDue(RebootMode mode, NodePatchStatus status) =>
        mode != RebootMode.Never && status.RebootRequired?.Status == "True";

    /// <summary>Exclude is stronger than include; new dependencies follow what needs them.</summary>
    private static bool Wants(UpdateSettings updates, PendingPackage package) =>
        (updates.Classification == UpdateClassification.All || package.Security)
        && (updates.Include.Count == 0 || package.Installed is null || Globs.Matches(updates.Include, package.Name))
        && !Globs.Matches(updates.Exclude, package.Name);
}
