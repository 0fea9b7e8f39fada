using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Events;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.Nodes;
using PatchOperator.Metrics;

namespace PatchOperator.Reconciling;

/// <summary>Writes our own kinds: only what has changed, with the resource version that was read, and known to the caches at once.</summary>
internal sealed class ObjectWriter(IKubernetesClient client, ClusterCache cache, EventPublisher publish, OutcomeMetrics metrics, ILogger<ObjectWriter> logger)
{
    public Task WriteStatusAsync(PatchPolicy policy, PatchPolicyStatus status, CancellationToken cancellationToken) => WriteAsync(
        policy.Status, status, () => new PatchPolicy { Metadata = policy.Metadata, Spec = policy.Spec, Status = status }, cache.Policies.Observe, cancellationToken);

    public Task WriteStatusAsync(PatchWindow window, PatchWindowStatus status, CancellationToken cancellationToken) => WriteAsync(
        window.Status, status, () => new PatchWindow { Metadata = window.Metadata, Spec = window.Spec, Status = status }, cache.Windows.Observe, cancellationToken);

    public async Task WriteStatusAsync(PatchRun run, PatchRunStatus status, CancellationToken cancellationToken)
    {
        if (await WriteAsync(
            run.Status, status, () => new PatchRun { Metadata = run.Metadata, Spec = run.Spec, Status = status }, cache.Runs.Observe, cancellationToken))
            metrics.Written(run, status);
    }

    public async Task WriteStatusAsync(NodePatch patch, NodePatchStatus status, CancellationToken cancellationToken)
    {
        if (await WriteAsync(
            patch.Status, status, () => new NodePatch { Metadata = patch.Metadata, Spec = patch.Spec, Status = status }, cache.NodePatches.Observe, cancellationToken))
            metrics.Written(patch, status);
    }

    public async Task WriteStatusAsync(ImageBaseline baseline, ImageBaselineStatus status, CancellationToken cancellationToken)
    {
        if (await WriteAsync(
            baseline.Status, status, () => new ImageBaseline { Metadata = baseline.Metadata, Spec = baseline.Spec, Status = status }, cache.Baselines.Observe, cancellationToken))
            metrics.Written(baseline, status);
    }

    /// <summary>Reserves, or with null takes back, a node's slot.</summary>
    public async Task SetOperationAsync(NodePatch patch, NodeOperation? operation, CancellationToken cancellationToken)
    {
        var changed = new NodePatch { Metadata = patch.Metadata, Spec = patch.Spec with { Operation = operation }, Status = patch.Status };
        cache.NodePatches.Observe(await client.UpdateAsync(changed, cancellationToken));
    }

    /// <summary>Creates an object whose name says what it is: one that exists already is the same.</summary>
    public async Task CreateAsync<TEntity>(TEntity entity, Action<TEntity> observe, CancellationToken cancellationToken)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            observe(await client.CreateAsync(entity, cancellationToken));
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            if (await client.GetAsync<TEntity>(entity.Metadata.Name, entity.Metadata.NamespaceProperty, cancellationToken) is { } existing)
                observe(existing);
        }
    }

    /// <summary>Publishes an event; one that cannot be published is logged, never a failure of the work it speaks of.</summary>
    public async Task PublishAsync(IKubernetesObject<V1ObjectMeta> about, EngineEvent? what, CancellationToken cancellationToken)
    {
        if (what is null)
            return;
        logger.Log(what.Warning ? LogLevel.Warning : LogLevel.Information, "{Kind} {Name}: {Reason}: {Message}", about.Kind, about.Metadata.Name, what.Reason, what.Message);
        await publish(about, what.Reason, what.Message, what.Warning ? EventType.Warning : EventType.Normal, cancellationToken);
    }

    /// <returns>Whether there was anything to write.</returns>
    private async Task<bool> WriteAsync<TEntity, TStatus>(TStatus before, TStatus after, Func<TEntity> entity, Action<TEntity> observe, CancellationToken cancellationToken)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        if (KubernetesJson.Serialize(before) == KubernetesJson.Serialize(after))
            return false;
        observe(await client.UpdateStatusAsync(entity(), cancellationToken));
        return true;
    }
}
