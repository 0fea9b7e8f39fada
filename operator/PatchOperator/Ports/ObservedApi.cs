using k8s;
using k8s.Models;
using PatchOperator.Engine.Decisions;
using PatchOperator.Resources;

namespace PatchOperator.Ports;

/// <summary>The API server, whose answers are known to the caches at once.</summary>
internal sealed class ObservedApi(IApi api, IWorld world) : IApi
{
    /// <inheritdoc/>
    public Task<T?> GetAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => ObserveAsync(api.GetAsync<T>(name, @namespace, cancellationToken));

    /// <inheritdoc/>
    public async Task<T> CreateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => (await ObserveAsync<T>(api.CreateAsync(entity, cancellationToken)!))!;

    /// <inheritdoc/>
    public async Task<JobResource> CreateJobAsync(V1Job job, CancellationToken cancellationToken) =>
        (await ObserveAsync<JobResource>(api.CreateJobAsync(job, cancellationToken)!))!;

    /// <inheritdoc/>
    public async Task<T> UpdateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => (await ObserveAsync<T>(api.UpdateAsync(entity, cancellationToken)!))!;

    /// <inheritdoc/>
    public async Task<T> UpdateStatusAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => (await ObserveAsync<T>(api.UpdateStatusAsync(entity, cancellationToken)!))!;

    /// <inheritdoc/>
    public async Task<T> PatchAsync<T>(string name, string patch, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => (await ObserveAsync<T>(api.PatchAsync<T>(name, patch, cancellationToken)!))!;

    /// <inheritdoc/>
    public Task DeleteAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => api.DeleteAsync<T>(name, @namespace, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOfJobAsync(string job, CancellationToken cancellationToken) => api.PodsOfJobAsync(job, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Corev1Event>> EventsOfJobAsync(string uid, CancellationToken cancellationToken) => api.EventsOfJobAsync(uid, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOnNodeAsync(string node, bool exactly, CancellationToken cancellationToken) =>
        api.PodsOnNodeAsync(node, exactly, cancellationToken);

    /// <inheritdoc/>
    public Task EvictAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken) =>
        api.EvictAsync(@namespace, name, uid, gracePeriodSeconds, cancellationToken);

    /// <inheritdoc/>
    public Task DeletePodAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken) =>
        api.DeletePodAsync(@namespace, name, uid, gracePeriodSeconds, cancellationToken);

    /// <inheritdoc/>
    public Task RehearseEvictionAsync(string @namespace, string name, string uid, CancellationToken cancellationToken) =>
        api.RehearseEvictionAsync(@namespace, name, uid, cancellationToken);

    /// <inheritdoc/>
    public Task<string> LogAsync(string pod, string container, int limit, CancellationToken cancellationToken) =>
        api.LogAsync(pod, container, limit, cancellationToken);

    /// <inheritdoc/>
    public Task PublishAsync(IKubernetesObject<V1ObjectMeta> about, EngineEvent what, CancellationToken cancellationToken) =>
        api.PublishAsync(about, what, cancellationToken);

    private async Task<T?> ObserveAsync<T>(Task<T?> answer)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var resource = await answer;
        if (resource is not null)
            world.Observe(resource);
        return resource;
    }
}
