using PatchOperator.Api;
using PatchOperator.Contract.Grammars;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Plans;

/// <summary>The updates of a plan, by the system they are for and by name.</summary>
internal sealed class PlanUpdates
{
    private readonly Dictionary<(NodeSystem System, string Name), RunUpdate> planned = [];
    private readonly UpdateFreeze freeze;

    /// <param name="updates">As planned.</param>
    /// <param name="freeze">What a node gets that is not offered one of them.</param>
    public PlanUpdates(IEnumerable<RunUpdate> updates, UpdateFreeze freeze)
    {
        this.freeze = freeze;
        foreach (var update in updates)
            planned[(NodeSystem.Of(update), update.Name)] = update;
    }

    /// <summary>Whether the plan has something to do on a node: an update that it needs, or its reboot.</summary>
    public bool Concerns(NodeView view) =>
        view.Assessment.RebootDue || view.Assessment.Wanted.Concat(view.Assessment.Phased).Any(package => VersionFor(view, package) is not null);

    /// <summary>
    /// What the plan has for a node: not what cannot be installed there, but what would only be given to it later, or takes no more away than is planned.
    /// </summary>
    public IEnumerable<NodeUpdate> For(NodeView view) => view.Status!.Pending
        .Where(package => !package.Held)
        .Select(package => (Package: package, Version: VersionFor(view, package)))
        .Where(update => update.Version is not null)
        .DistinctBy(update => update.Package.Name)
        .Select(update => new NodeUpdate { Name = update.Package.Name, Version = update.Version!, Removes = update.Package.Removes });

    // Where the node's own mirror is ahead of the plan, the planned version may be gone from it: unless it can be replaced, the newer one belongs to the next
    // run. Where the mirror lags, it may catch up by then.
    private string? VersionFor(NodeView view, PendingPackage package)
    {
        if (!planned.TryGetValue((NodeSystem.Of(view), package.Name), out var update)
            || !(package.Blocked is null || package is { Phased: true, Removes: null } || package.Removes?.All((update.Removes ?? []).Contains) == true))
            return null;
        var version = update.Version;
        var order = PackageVersions.Order(view.Status?.Node?.PackageManager);
        var serves = freeze == UpdateFreeze.Strict
            ? order.Compare(version, package.Candidate) >= 0
            : package.Installed is not { } installed || order.Compare(version, installed) > 0;
        return serves ? version : null;
    }
}
