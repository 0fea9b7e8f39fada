using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;

namespace PatchOperator.Caches;

/// <summary>The nodes of the cluster joined with their NodePatches.</summary>
internal sealed class FleetView(ClusterCache cache, OperatorOptions options)
{
    /// <summary>Every node.</summary>
    public IReadOnlyList<NodeView> All() => [.. cache.Nodes.Items.Select(View)];

    /// <summary>The nodes that belong to a policy, by name.</summary>
    public IReadOnlyList<NodeView> Members(string policy) =>
    [
        .. cache.Nodes.Items
            .Where(node => cache.Claims.PolicyOf(node.Name) == policy)
            .OrderBy(node => node.Name, StringComparer.Ordinal)
            .Select(View),
    ];

    /// <summary>The budget of the whole cluster.</summary>
    public FleetBudget Budget(IReadOnlyList<NodeView> all) =>
        new(all.Count(view => view.IsUnavailable), Shares.Budget(options.MaxUnavailable, all.Count));

    /// <summary>NodePatches of live nodes that belong to no policy any more, or to a node that was replaced.</summary>
    public IReadOnlyList<NodePatch> Untracked() =>
    [
        .. cache.NodePatches.Items.Where(patch =>
            patch.Metadata.DeletionTimestamp is null && (NodeOf(patch) is null || cache.Claims.PolicyOf(patch.Metadata.Name) is null)),
    ];

    /// <summary>NodePatches that hold a slot for a run that no longer exists, as after its finalizer was removed by force.</summary>
    public IReadOnlyList<NodePatch> Orphaned() =>
    [
        .. cache.NodePatches.Items.Where(patch => patch.Spec.Operation is { } operation && cache.Runs.Get(operation.Run)?.Metadata.Uid != operation.RunUid),
    ];

    /// <summary>The live Node that a NodePatch was made for; null when it is gone or another has its name.</summary>
    public NodeFacts? NodeOf(NodePatch patch) =>
        cache.Nodes.Get(patch.Metadata.Name) is { } node && IsOf(patch, node) ? node : null;

    private static bool IsOf(NodePatch patch, NodeFacts node) => patch.Metadata.OwnerReferences?.Any(owner => owner.Uid == node.Uid) == true;

    private NodeView View(NodeFacts node) => cache.NodePatches.Get(node.Name) is { } patch && IsOf(patch, node)
        ? new NodeView(node, patch.Spec, patch.Status)
        : new NodeView(node, null, null);
}
