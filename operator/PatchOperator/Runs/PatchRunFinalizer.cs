using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using PatchOperator.Api;
using PatchOperator.Reconciling;

namespace PatchOperator.Runs;

/// <summary>Keeps a deleted run until it has taken back what it asked of nodes and they are restored.</summary>
internal sealed class PatchRunFinalizer(RunAdmission admission, Reconciliation reconciliation) : IEntityFinalizer<PatchRun>
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    public Task<ReconciliationResult<PatchRun>> FinalizeAsync(PatchRun entity, CancellationToken cancellationToken) => reconciliation.FinalizeAsync(
        entity,
        async token => (await admission.DecideAsync(entity, token)).AtRest ? null : Again,
        cancellationToken);
}
