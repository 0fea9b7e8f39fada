using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Reconciling;

namespace PatchOperator.Policies;

/// <summary>Keeps a deleted policy until its runs are gone and its nodes are restored.</summary>
internal sealed class PatchPolicyFinalizer(ClusterCache cache, FleetView fleet, Reconciliation reconciliation, IKubernetesClient client) : IEntityFinalizer<PatchPolicy>
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    public Task<ReconciliationResult<PatchPolicy>> FinalizeAsync(PatchPolicy entity, CancellationToken cancellationToken) =>
        reconciliation.FinalizeAsync(entity, token => FinalizePolicyAsync(entity, token), cancellationToken);

    private async Task<TimeSpan?> FinalizePolicyAsync(PatchPolicy policy, CancellationToken cancellationToken)
    {
        cache.Policies.Observe(policy);
        var runs = cache.Runs.IndexedBy(policy.Metadata.Name).ToList();
        foreach (var run in runs.Where(run => run.Metadata.DeletionTimestamp is null))
            await client.DeleteAsync<PatchRun>(run.Metadata.Name, cancellationToken: cancellationToken);

        // Nodes that another policy takes over keep their NodePatch. The caches learn of a deletion a moment after it.
        var untracked = fleet.Untracked();
        foreach (var patch in untracked)
            await client.DeleteAsync<NodePatch>(patch.Metadata.Name, cancellationToken: cancellationToken);
        var restoring = cache.NodePatches.Items.Any(patch => patch.Metadata.DeletionTimestamp is not null);
        return runs.Count + untracked.Count > 0 || restoring ? Again : null;
    }
}
