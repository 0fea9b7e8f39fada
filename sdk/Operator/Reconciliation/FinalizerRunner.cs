using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.Reconciliation;

/// <summary>
/// Adds finalizers and runs them. They are written by a patch of nothing but finalizers, at the version that was read: fields that the
/// class does not know are left alone, and nobody else's change is undone.
/// </summary>
internal sealed class FinalizerRunner<TEntity>(IKubernetesClient client, OperatorSettings settings, ILogger logger)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private const int DetachTries = 5;

    /// <summary>Adds all registered finalizers that are missing, if that is wanted.</summary>
    internal async Task<TEntity> AttachAsync(TEntity entity, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!settings.AutoAttachFinalizers)
            return entity;

        var missing = services.GetKeyedServices<IEntityFinalizer<TEntity>>(KeyedService.AnyKey)
            .Select(finalizer => FinalizerName.Of(finalizer.GetType(), EntityKind.Of<TEntity>().Group))
            .Where(name => !entity.HasFinalizer(name))
            .ToList();
        return missing.Count == 0
            ? entity
            : await WriteAsync(entity, [.. entity.Finalizers() ?? [], .. missing], cancellationToken);
    }

    /// <summary>Runs the first finalizer of the object if it is ours. The others get their turn when it is gone.</summary>
    internal async Task<ReconciliationResult<TEntity>> RunFirstAsync(
        TEntity entity, IServiceProvider services, CancellationToken cancellationToken)
    {
        var name = entity.Finalizers()[0];
        if (services.GetKeyedService<IEntityFinalizer<TEntity>>(name) is not { } finalizer)
            return ReconciliationResult<TEntity>.Success(entity);

        var result = await finalizer.FinalizeAsync(entity, cancellationToken);
        if (!result.IsSuccess)
            return result;

        if (settings.AutoDetachFinalizers)
            await DetachAsync(result.Entity, name);
        logger.LogInformation("{Kind} {Object} is finalized by {Finalizer}", typeof(TEntity).Name, entity.Name(), name);
        return ReconciliationResult<TEntity>.Success(result.Entity, result.RequeueAfter);
    }

    /// <summary>What is done is done: not cancelled, and not undone by a conflict, or the work would be repeated.</summary>
    private async Task DetachAsync(TEntity entity, string name)
    {
        for (var tries = 1; entity.HasFinalizer(name); tries++)
        {
            try
            {
                await WriteAsync(entity, [.. entity.Finalizers().Where(other => other != name)], CancellationToken.None);
                return;
            }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
            {
                return;
            }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict && tries < DetachTries)
            {
                if (await client.GetAsync<TEntity>(entity.Name(), entity.Namespace(), CancellationToken.None) is not { } current)
                    return;
                entity = current;
            }
        }
    }

    private Task<TEntity> WriteAsync(TEntity entity, IReadOnlyList<string> finalizers, CancellationToken cancellationToken)
    {
        var patch = new { metadata = new { finalizers, resourceVersion = entity.ResourceVersion(), uid = entity.Uid() } };
        return client.PatchAsync<TEntity>(
            new V1Patch(patch, V1Patch.PatchType.MergePatch), entity.Name(), entity.Namespace(), cancellationToken: cancellationToken);
    }
}
