using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using PatchOperator.Engine.Decisions;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Simulation;

/// <summary>The API server as the operator sees it. Every call is answered before it returns.</summary>
internal sealed class SimulatedApi(ObjectStore store, SimulatedNodes nodes, Journal journal) : IApi
{
    /// <summary>A webhook that is asked before an object is created: what it answers is refused with, or null.</summary>
    public Func<string, JsonObject, string?> Webhook { get; set; } = (_, _) => null;

    /// <inheritdoc/>
    public Task<T?> GetAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Task.FromResult(store.Find<T>(name));

    /// <inheritdoc/>
    public Task<T> CreateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var json = ObjectStore.Parse(entity);
        // A created object has no status, whatever was sent.
        json.Remove("status");
        return Task.FromResult(Admit(ObjectStore.KindOf<T>(), json).As<T>());
    }

    /// <inheritdoc/>
    public Task<JobResource> CreateJobAsync(V1Job job, CancellationToken cancellationToken) =>
        Task.FromResult(Admit(V1Job.KubeKind, ObjectStore.Parse(job)).As<JobResource>());

    /// <inheritdoc/>
    public Task<T> UpdateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Task.FromResult(store.Replace(ObjectStore.KindOf<T>(), ObjectStore.Parse(entity), statusOnly: false).As<T>());

    /// <inheritdoc/>
    public Task<T> UpdateStatusAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Task.FromResult(store.Replace(ObjectStore.KindOf<T>(), ObjectStore.Parse(entity), statusOnly: true).As<T>());

    /// <inheritdoc/>
    public Task<T> PatchAsync<T>(string name, string patch, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Task.FromResult(store.Merge(ObjectStore.KindOf<T>(), name, (JsonObject)JsonNode.Parse(patch)!).As<T>());

    /// <inheritdoc/>
    public Task DeleteAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        store.Delete(ObjectStore.KindOf<T>(), name);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOfJobAsync(string job, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PodResource>>([.. store.All(V1Pod.KubeKind).Where(pod => pod.Label("job-name") == job).Select(pod => pod.As<PodResource>())]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOnNodeAsync(string node, bool exactly, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PodResource>>(
        [
            .. nodes[node]?.Pods.Select(pod => pod.Resource(node)) ?? [],
            .. store.All<PodResource>().Where(pod => pod.Spec?.NodeName == node),
        ]);

    /// <inheritdoc/>
    public Task EvictAsync(string @namespace, string name, string uid, CancellationToken cancellationToken)
    {
        if (nodes.Evict(uid) is { } refusal)
            throw ApiAnswer.Refuse(HttpStatusCode.TooManyRequests, refusal);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string> LogAsync(string pod, string container, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(nodes.Log(pod) ?? throw ApiAnswer.Refuse(HttpStatusCode.NotFound, $"pod {pod} not found"));

    /// <inheritdoc/>
    public Task PublishAsync(IKubernetesObject<V1ObjectMeta> about, EngineEvent what, CancellationToken cancellationToken)
    {
        journal.Add($"{about.Kind} {about.Metadata.Name}", $"{(what.Warning ? "warning" : "event")} {what.Reason}: {what.Message}");
        return Task.CompletedTask;
    }

    private StoredObject Admit(string kind, JsonObject json) =>
        Webhook(kind, json) is { } refusal ? throw ApiAnswer.Refuse(HttpStatusCode.InternalServerError, refusal) : store.Create(kind, json);
}
