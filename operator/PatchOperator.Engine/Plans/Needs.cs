using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Plans;

/// <summary>
/// What the nodes of a policy need. Of updates that their maker gives to some machines first, all nodes of a system need what one of them is offered: else the
/// same run would bring them to different versions.
/// </summary>
internal sealed class Needs
{
    private readonly IReadOnlyCollection<NodeView> members;
    private readonly bool withDeferred;
    private readonly HashSet<(NodeSystem System, string Name, string Version)> offered = [];

    /// <param name="members">All nodes of the policy: what one is offered, others need.</param>
    /// <param name="withDeferred">Whether what waits to be approved is needed as well.</param>
    public Needs(IEnumerable<NodeView> members, bool withDeferred = false)
    {
        (this.members, this.withDeferred) = ([.. members.Where(view => view.Patch is { Metadata.DeletionTimestamp: null })], withDeferred);
        var awaited = this.members.SelectMany(view => view.Assessment.Phased.Select(package => Key(view, package))).ToHashSet();
        if (awaited.Count == 0)
            return;
        var names = awaited.Select(key => key.Name).ToHashSet();
        // One that has fallen behind is offered also what others wait for until it has been known for long enough.
        var usual = this.members.Where(view => view.Patch!.Status.Quarantine is not { ReleasedAt: null });
        offered.UnionWith(usual.SelectMany(view => Own(view).Where(package => names.Contains(package.Name)).Select(package => Key(view, package))));
    }

    /// <summary>Those that something is to be done for.</summary>
    public IEnumerable<NodeView> Nodes =>
        members.Where(view => view.Assessment.NeedsRun || (withDeferred && view.Assessment.Deferred.Count > 0) || Phased(view).Any());

    /// <summary>The updates that a node needs.</summary>
    public IEnumerable<PendingPackage> Of(NodeView view) => Own(view).Concat(Phased(view));

    private IEnumerable<PendingPackage> Phased(NodeView view) => view.Assessment.Phased.Where(package => offered.Contains(Key(view, package)));

    private IReadOnlyList<PendingPackage> Own(NodeView view) => withDeferred ? view.Assessment.Wanted : view.Assessment.Approved;

    private static (NodeSystem, string Name, string) Key(NodeView view, PendingPackage package) => (NodeSystem.Of(view), package.Name, package.Candidate);
}
