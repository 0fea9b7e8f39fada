using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using PatchOperator.Api;
using PatchOperator.Reconciling;

namespace PatchOperator.Nodes;

/// <summary>Keeps a deleted NodePatch until its node is restored, or gone.</summary>
internal sealed class NodePatchFinalizer(NodeWork work, Reconciliation reconciliation) : IEntityFinalizer<NodePatch>
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    public Task<ReconciliationResult<NodePatch>> FinalizeAsync(NodePatch entity, CancellationToken cancellationToken) => reconciliation.FinalizeAsync(
        entity,
        async token => (await work.DoAsync(entity, token)) is { Released: false } decision ? decision.WakeUp ?? Again : null,
        cancellationToken);
}
