using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.Windows;
using PatchOperator.Reconciling;

namespace PatchOperator.Windows;

/// <summary>Says of each window whether it is open and when it opens next.</summary>
internal sealed class PatchWindowController(ClusterCache cache, Reconciliation reconciliation, ObjectWriter writer) : IEntityController<PatchWindow>
{
    public Task<ReconciliationResult<PatchWindow>> ReconcileAsync(PatchWindow entity, CancellationToken cancellationToken) =>
        reconciliation.RunAsync(entity, token => ReconcileWindowAsync(entity, token), cancellationToken);

    public Task<ReconciliationResult<PatchWindow>> DeletedAsync(PatchWindow entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<PatchWindow>.Success(entity));

    private async Task<TimeSpan?> ReconcileWindowAsync(PatchWindow window, CancellationToken cancellationToken)
    {
        cache.Windows.Observe(window);
        var now = reconciliation.Now;
        var calendar = WindowCalendar.TryCreate(window.Spec, out var errors);
        var state = calendar?.At(now);
        await writer.WriteStatusAsync(window, WindowStatus.Of(window, state, errors, now), cancellationToken);
        return state?.NextChange - now;
    }
}
