using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>NodePatches that nobody else looks after.</summary>
internal static class Strays
{
    /// <summary>What is done about them. Of all policies the first by name does it, so that it is done once.</summary>
    public static IReadOnlyList<Effect> Of(PatchPolicy policy, Snapshot snapshot) =>
        snapshot.Policies.All.Any(other => string.CompareOrdinal(other.Policy.Metadata.Name, policy.Metadata.Name) < 0)
            ? []
            :
            [
                .. Untracked(snapshot),
                .. snapshot.NodePatches.All.Where(patch => IsOrphaned(patch, snapshot)).Select(patch => patch.Metadata.Name).Order(StringComparer.Ordinal)
                    .Select(name => new SetOperation(name, null)),
            ];

    /// <summary>Those of nodes that belong to no policy any more, or were replaced. One whose node is gone goes with it.</summary>
    public static IReadOnlyList<DeleteNodePatch> Untracked(Snapshot snapshot) =>
    [
        .. snapshot.NodePatches.All
            .Where(patch => patch.Metadata.DeletionTimestamp is null && (snapshot.NodeOf(patch) is not { } node || snapshot.Fleet[node.Name]?.Policy is null))
            .Select(patch => patch.Metadata.Name)
            .Order(StringComparer.Ordinal)
            .Select(name => new DeleteNodePatch(name)),
    ];

    // It holds a slot for a run that no longer exists, as after its finalizer was removed by force.
    private static bool IsOrphaned(NodePatch patch, Snapshot snapshot) =>
        patch.Spec.Operation is { } operation
        && Slots.IsHeld(patch.Spec, patch.Status)
        && !Slots.InFlight(patch.Status)
        && snapshot.Runs[operation.Run]?.Metadata.Uid != operation.RunUid;
}
