using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using PatchOperator.Api;
using PatchOperator.Reconciling;

namespace PatchOperator.Nodes;

/// <summary>Moves a node on through its operation, or its scans: see <see cref="NodeWork"/>.</summary>
internal sealed class NodePatchController(NodeWork work, Reconciliation reconciliation) : IEntityController<NodePatch>
{
    public Task<ReconciliationResult<NodePatch>> ReconcileAsync(NodePatch entity, CancellationToken cancellationToken) =>
        reconciliation.RunAsync(entity, async token => (await work.DoAsync(entity, token)).WakeUp, cancellationToken);

    public Task<ReconciliationResult<NodePatch>> DeletedAsync(NodePatch entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<NodePatch>.Success(entity));
}
