using k8s;
using k8s.Models;
using PatchOperator.Engine.Decisions;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Tests;

/// <summary>An API server that takes down each call, and to some says what a test wants.</summary>
/// <param name="api">What answers the rest.</param>
internal sealed class ScriptedApi(IApi api) : IApi
{
    private readonly List<string> calls = [];

    /// <summary>Called with each call before it is answered, and waited for: it may throw the answer.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>The calls so far, in order, such as <c>patch Node node-1</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (calls)
                return [.. calls];
        }
    }

    /// <summary>Those that write.</summary>
    public IEnumerable<string> Writes => Calls.Where(call => !call.StartsWith("get ", StringComparison.Ordinal));

    /// <summary>Answers calls that begin so with an exception.</summary>
    public void Answer(string call, Exception answer) =>
        Before = made => made.StartsWith(call, StringComparison.Ordinal) ? throw answer : Task.CompletedTask;

    /// <inheritdoc/>
    public Task<T?> GetAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => CallAsync($"get {Kind<T>()} {name}", () => api.GetAsync<T>(name, @namespace, cancellationToken));

    /// <inheritdoc/>
    public Task<T> CreateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        CallAsync($"create {Kind<T>()} {entity.Metadata.Name}", () => api.CreateAsync(entity, cancellationToken));

    /// <inheritdoc/>
    public Task<JobResource> CreateJobAsync(V1Job job, CancellationToken cancellationToken) =>
        CallAsync($"create Job {job.Metadata.Name}", () => api.CreateJobAsync(job, cancellationToken));

    /// <inheritdoc/>
    public Task<T> UpdateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        CallAsync($"update {Kind<T>()} {entity.Metadata.Name}", () => api.UpdateAsync(entity, cancellationToken));

    /// <inheritdoc/>
    public Task<T> UpdateStatusAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        CallAsync($"status {Kind<T>()} {entity.Metadata.Name}", () => api.UpdateStatusAsync(entity, cancellationToken));

    /// <inheritdoc/>
    public Task<T> PatchAsync<T>(string name, string patch, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => CallAsync($"patch {Kind<T>()} {name}", () => api.PatchAsync<T>(name, patch, cancellationToken));

    /// <inheritdoc/>
    public Task DeleteAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        CallAsync($"delete {Kind<T>()} {name}", () => Done(api.DeleteAsync<T>(name, @namespace, cancellationToken)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOfJobAsync(string job, CancellationToken cancellationToken) =>
        CallAsync($"get Pods of {job}", () => api.PodsOfJobAsync(job, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Corev1Event>> EventsOfJobAsync(string uid, CancellationToken cancellationToken) =>
        CallAsync($"get Events of {uid}", () => api.EventsOfJobAsync(uid, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodResource>> PodsOnNodeAsync(string node, bool exactly, CancellationToken cancellationToken) =>
        CallAsync($"get Pods on {node}{(exactly ? " exactly" : "")}", () => api.PodsOnNodeAsync(node, exactly, cancellationToken));

    /// <inheritdoc/>
    public Task EvictAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken) => CallAsync(
        $"evict {@namespace}/{name} {uid}{Within(gracePeriodSeconds)}", () => Done(api.EvictAsync(@namespace, name, uid, gracePeriodSeconds, cancellationToken)));

    /// <inheritdoc/>
    public Task DeletePodAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken) => CallAsync(
        $"delete Pod {@namespace}/{name} {uid}{Within(gracePeriodSeconds)}",
        () => Done(api.DeletePodAsync(@namespace, name, uid, gracePeriodSeconds, cancellationToken)));

    /// <inheritdoc/>
    public Task RehearseEvictionAsync(string @namespace, string name, string uid, CancellationToken cancellationToken) =>
        CallAsync($"rehearse eviction of {@namespace}/{name} {uid}", () => Done(api.RehearseEvictionAsync(@namespace, name, uid, cancellationToken)));

    /// <inheritdoc/>
    public Task<string> LogAsync(string pod, string container, int limit, CancellationToken cancellationToken) =>
        CallAsync($"get log of {pod}", () => api.LogAsync(pod, container, limit, cancellationToken));

    /// <inheritdoc/>
    public Task PublishAsync(IKubernetesObject<V1ObjectMeta> about, EngineEvent what, CancellationToken cancellationToken) =>
        CallAsync($"say {(what.Warning ? "warning " : "")}{what.Reason}: {what.Message}", () => Done(api.PublishAsync(about, what, cancellationToken)));

    private static string Within(int? seconds) => seconds is null ? "" : $" within {seconds} s";

    private static string Kind<T>() => Simulation.ObjectStore.KindOf<T>();

    private static async Task<bool> Done(Task call)
    {
        await call;
        return true;
    }

    private async Task<T> CallAsync<T>(string call, Func<Task<T>> answer)
    {
        lock (calls)
            calls.Add(call);
        await Before(call);
        return await answer();
    }
}
