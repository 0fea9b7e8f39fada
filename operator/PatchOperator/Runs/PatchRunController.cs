using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using PatchOperator.Api;
using PatchOperator.Reconciling;

namespace PatchOperator.Runs;

/// <summary>Moves a run on: see <see cref="RunAdmission"/>.</summary>
internal sealed class PatchRunController(RunAdmission admission, Reconciliation reconciliation) : IEntityController<PatchRun>
{
    public Task<ReconciliationResult<PatchRun>> ReconcileAsync(PatchRun entity, CancellationToken cancellationToken) =>
        reconciliation.RunAsync(entity, async token => (await admission.DecideAsync(entity, token)).WakeUp, cancellationToken);

    public Task<ReconciliationResult<PatchRun>> DeletedAsync(PatchRun entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<PatchRun>.Success(entity));
}
