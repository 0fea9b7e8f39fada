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
    /// <summary>A webhook that is asked before each write, with verb, kind and what was sent: what it answers is refused with, or null.</summary>
    public Func<string, string, JsonObject, string?> Webhook { get; set; } = (_, _, _) => null;

    /// <summary>The events that were published, in order.</summary>
    public List<EngineEvent> Published { get; } = [];

    /// <summary>The pods whose eviction was rehearsed, in order.</summary>
    public List<string> Rehearsed { get; } = [];

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
        return Task.FromResult(store.Create(ObjectStore.KindOf<T>(), Admit<T>("create", json)).As<T>());
    }

    /// <inheritdoc/>
    public Task<JobResource> CreateJobAsync(V1Job job, CancellationToken cancellationToken) =>
        Task.FromResult(store.Create(V1Job.KubeKind, Admit<V1Job>("create", ObjectStore.Parse(job))).As<JobResource>());

    /// <inheritdoc/>
    public Task<T> UpdateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Task.FromResult(store.Replace(ObjectStore.KindOf<T>(), Admit<T>("update", ObjectStore.Parse(entity)), statusOnly: false).As<T>());

    /// <inheritdoc/>
    public Task<T> UpdateStatusAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        Task.FromResult(store.Replace(ObjectStore.KindOf<T>(), Admit<T>("status", ObjectStore.Parse(entity)), statusOnly: true).As<T>());

    /// <inheritdoc/>
    public Task<T> PatchAsync<T>(string name, string patch, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Task.FromResult(store.Merge(ObjectStore.KindOf<T>(), name, Admit<T>("patch", (JsonObject)JsonNode.Parse(patch)!)).As<T>());

    /// <inheritdoc/>
    public Task DeleteAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        store.Delete(ObjectStore.KindOf<T>(), name);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOfJobAsync(string job, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PodResource>>(store.Find<PodResource>(SimulatedJobs.Pod(job)) is { } pod ? [pod] : []);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Corev1Event>> EventsOfJobAsync(string uid, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Corev1Event>>([.. store.All<Corev1Event>().Where(happened => happened.InvolvedObject.Uid == uid)]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOnNodeAsync(string node, bool exactly, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PodResource>>(
        [
            .. nodes[node]?.Pods.Select(pod => pod.Resource(node)) ?? [],
            .. nodes[node]?.JobPods.Select(store.Find<PodResource>).OfType<PodResource>() ?? store.All<PodResource>().Where(pod => pod.Spec?.NodeName == node),
        ]);

    /// <inheritdoc/>
    public Task EvictAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken) => Evict(name, uid, dryRun: false);

    /// <inheritdoc/>
    public Task DeletePodAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken)
    {
        Admit<V1Pod>("delete", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });
        nodes.DeletePod(name, uid);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RehearseEvictionAsync(string @namespace, string name, string uid, CancellationToken cancellationToken)
    {
        Rehearsed.Add(name);
        return Evict(name, uid, dryRun: true);
    }

    private Task Evict(string name, string uid, bool dryRun)
    {
        Admit<V1Pod>("evict", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });
        nodes.Evict(uid, dryRun);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string> LogAsync(string pod, string container, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(nodes.Log(pod) ?? throw ApiAnswer.Refuse(HttpStatusCode.NotFound, $"pod {pod} not found"));

    /// <inheritdoc/>
    public Task PublishAsync(IKubernetesObject<V1ObjectMeta> about, EngineEvent what, CancellationToken cancellationToken)
    {
        Published.Add(what);
        journal.Add($"{about.Kind} {about.Metadata.Name}", $"{(what.Warning ? "warning" : "event")} {what.Reason}: {what.Message}");
        return Task.CompletedTask;
    }

    private JsonObject Admit<T>(string verb, JsonObject json) =>
        Webhook(verb, ObjectStore.KindOf<T>(), json) is { } refusal ? throw ApiAnswer.Refuse(HttpStatusCode.InternalServerError, refusal) : json;
}
