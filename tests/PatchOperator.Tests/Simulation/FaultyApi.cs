using System.Net;
using k8s;
using k8s.Models;
using PatchOperator.Engine.Decisions;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Simulation;

/// <summary>The way of one replica to the API server: calls get lost on it, and others work meanwhile.</summary>
/// <param name="api">The API server.</param>
/// <param name="chance">What becomes of each call.</param>
/// <param name="meanwhile">What happens between two calls.</param>
internal sealed class FaultyApi(IApi api, Chance chance, Action meanwhile) : IApi
{
    /// <summary>Whether the replica has ended: it calls nobody any more.</summary>
    public bool Dead { get; set; }

    /// <inheritdoc/>
    public Task<T?> GetAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Read(() => api.GetAsync<T>(name, @namespace, cancellationToken));

    /// <inheritdoc/>
    public Task<T> CreateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Write(() => api.CreateAsync(entity, cancellationToken), atVersion: false);

    /// <inheritdoc/>
    public Task<JobResource> CreateJobAsync(V1Job job, CancellationToken cancellationToken) => Write(() => api.CreateJobAsync(job, cancellationToken), atVersion: false);

    /// <inheritdoc/>
    public Task<T> UpdateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Write(() => api.UpdateAsync(entity, cancellationToken));

    /// <inheritdoc/>
    public Task<T> UpdateStatusAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Write(() => api.UpdateStatusAsync(entity, cancellationToken));

    /// <inheritdoc/>
    public Task<T> PatchAsync<T>(string name, string patch, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Write(() => api.PatchAsync<T>(name, patch, cancellationToken));

    /// <inheritdoc/>
    public Task DeleteAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => Write(() => Done(api.DeleteAsync<T>(name, @namespace, cancellationToken)), atVersion: false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOfJobAsync(string job, CancellationToken cancellationToken) => Read(() => api.PodsOfJobAsync(job, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Corev1Event>> EventsOfJobAsync(string uid, CancellationToken cancellationToken) => Read(() => api.EventsOfJobAsync(uid, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOnNodeAsync(string node, bool exactly, CancellationToken cancellationToken) =>
        Read(() => api.PodsOnNodeAsync(node, exactly, cancellationToken));

    /// <inheritdoc/>
    public Task EvictAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken) =>
        Write(() => Done(api.EvictAsync(@namespace, name, uid, gracePeriodSeconds, cancellationToken)), atVersion: false);

    /// <inheritdoc/>
    public Task DeletePodAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken) =>
        Write(() => Done(api.DeletePodAsync(@namespace, name, uid, gracePeriodSeconds, cancellationToken)), atVersion: false);

    /// <inheritdoc/>
    public Task RehearseEvictionAsync(string @namespace, string name, string uid, CancellationToken cancellationToken) =>
        Read(() => Done(api.RehearseEvictionAsync(@namespace, name, uid, cancellationToken)));

    /// <inheritdoc/>
    public Task<string> LogAsync(string pod, string container, int limit, CancellationToken cancellationToken) => Read(() => api.LogAsync(pod, container, limit, cancellationToken));

    /// <inheritdoc/>
    public Task PublishAsync(IKubernetesObject<V1ObjectMeta> about, EngineEvent what, CancellationToken cancellationToken) =>
        Dead ? throw new OperationCanceledException("the operator has ended") : api.PublishAsync(about, what, cancellationToken);

    /// <summary>Makes a call, or has it go wrong.</summary>
    public async Task<T> Call<T>(Func<Task<T>> call, bool writes, bool atVersion)
    {
        if (!Dead)
            meanwhile();
        var fault = Dead ? Fault.Crash : chance.Next(writes, atVersion);
        switch (fault)
        {
            case Fault.Crash:
                Dead = true;
                throw new OperationCanceledException("the operator has ended");
            case Fault.Conflict:
                throw ApiAnswer.Refuse(HttpStatusCode.Conflict, "somebody else was faster");
            case Fault.CallLost:
                throw new HttpRequestException("the connection broke");
            case Fault.AnswerLost:
                await call();
                throw new HttpRequestException("the connection broke before the answer");
            default:
                return await call();
        }
    }

    private Task<T> Read<T>(Func<Task<T>> call) => Call(call, writes: false, atVersion: false);

    private Task<T> Write<T>(Func<Task<T>> call, bool atVersion = true) => Call(call, writes: true, atVersion);

    private static async Task<bool> Done(Task call)
    {
        await call;
        return true;
    }
}
