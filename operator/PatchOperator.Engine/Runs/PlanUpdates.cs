using PatchOperator.Api;
using PatchOperator.Contract.Grammars;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>The updates of a plan, by the system they are for and by name.</summary>
internal sealed class PlanUpdates
{
    private readonly Dictionary<(NodeSystem System, string Name), string> versions = [];

    public PlanUpdates(IEnumerable<RunUpdate> updates)
    {
        foreach (var update in updates)
            versions[(NodeSystem.Of(update), update.Name)] = update.Version;
    }

    /// <summary>Whether the plan has something to do on a node: an update that it needs, or its reboot.</summary>
    public bool Concerns(NodeView view) => view.Assessment.RebootDue || view.Assessment.Approved.Any(package => VersionFor(view, package) is not null);

    /// <summary>What the plan has for a node.</summary>
    public IEnumerable<NodeUpdate> For(NodeView view)
    {
        foreach (var package in view.Status!.Pending.Where(package => !package.Held))
            if (VersionFor(view, package) is { } version)
                yield return new NodeUpdate { Name = package.Name, Version = version };
    }

    // Where the node's own mirror is ahead of the plan, the planned version may be gone from it: the newer one belongs to the next run. Where it lags, it may
    // catch up by then.
    private string? VersionFor(NodeView view, PendingPackage package) =>
        versions.TryGetValue((NodeSystem.Of(view), package.Name), out var version)
        && PackageVersions.Order(view.Status?.Node?.PackageManager).Compare(version, package.Candidate) >= 0
            ? version
            : null;
}
