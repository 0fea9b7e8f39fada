using System.Collections.Concurrent;
using k8s;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.KubernetesClient;
using KubeOps.Operator.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PatchOperator.Sdk.Timing;

namespace KubeOps.Operator.Reconciliation;

/// <summary>
/// Works on one object: reads it, finalizes or reconciles it, and queues it again where that is wanted. A failure is tried again, ever
/// more slowly and without end: an object is never dropped.
/// </summary>
internal sealed class EntityReconciler<TEntity>(
    IServiceScopeFactory scopes,
    IKubernetesClient client,
    OperatorSettings settings,
    WorkQueue<TEntity> queue,
    ILogger<EntityReconciler<TEntity>> logger)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly FinalizerRunner<TEntity> finalizers = new(client, settings, logger);
    private readonly ConcurrentDictionary<string, int> failures = new();

    /// <summary>Never throws. Cancelled, it leaves the object to whoever leads next.</summary>
    internal async Task ProcessAsync(WorkItem<TEntity> item, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ReconcileAsync(item, cancellationToken);
            if (result is { IsSuccess: false, RequeueAfter: null })
            {
                logger.LogWarning(result.Error, "{Kind} {Object}: {Message}", typeof(TEntity).Name, item.Object.Key, result.ErrorMessage);
                Retry(item);
                return;
            }

            failures.TryRemove(item.Object.Key, out _);
            if (result?.RequeueAfter is { } delay)
                queue.Enqueue(result.Entity, item.Type, delay, retryCount: 0);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogDebug("{Kind} {Object} was cancelled", typeof(TEntity).Name, item.Object.Key);
        }
        catch (Exception e)
        {
            logger.LogError(e, "{Kind} {Object} failed", typeof(TEntity).Name, item.Object.Key);
            Retry(item);
        }
    }

    private async Task<ReconciliationResult<TEntity>?> ReconcileAsync(WorkItem<TEntity> item, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (item.Type == ReconciliationType.Deleted)
            return await Controller(scope).DeletedAsync(item.Deleted!, cancellationToken);

        var entity = await client.GetAsync<TEntity>(item.Object.Name, item.Object.Namespace, cancellationToken);
        return entity switch
        {
            null => null, // gone meanwhile
            { Metadata: { DeletionTimestamp: not null, Finalizers.Count: > 0 } } =>
                await finalizers.RunFirstAsync(entity, scope.ServiceProvider, cancellationToken),
            { Metadata.DeletionTimestamp: not null } => null, // nothing left to do
            _ => await Controller(scope).ReconcileAsync(
                await finalizers.AttachAsync(entity, scope.ServiceProvider, cancellationToken), cancellationToken),
        };
    }

    private static IEntityController<TEntity> Controller(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<IEntityController<TEntity>>();

    private void Retry(WorkItem<TEntity> item)
    {
        var count = failures.AddOrUpdate(item.Object.Key, item.RetryCount + 1, (_, earlier) => earlier + 1);
        var delay = Backoff.After(count, settings.ParallelReconciliation.ErrorBackoffBase, LongestDelay);
        queue.Enqueue(item with { RetryCount = count }, delay);
    }
}
