using k8s;
using k8s.Models;
using PatchOperator.Engine.Decisions;
using PatchOperator.Resources;

namespace PatchOperator.Ports;

/// <summary>
/// The API server: the second of the reconciler's three ports; the third is the clock. What it refuses is a
/// <see cref="k8s.Autorest.HttpOperationException"/>, with the answer in it; what is not sent, as this replica may not lead any more, a
/// <see cref="LeaseOverException"/>; after any other exception nobody knows whether it was done.
/// </summary>
internal interface IApi
{
    /// <summary>Null when there is no such object.</summary>
    Task<T?> GetAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>Refused with 409 when the name is taken.</summary>
    Task<T> CreateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>Creates a Job; returns as much of it as is read.</summary>
    Task<JobResource> CreateJobAsync(V1Job job, CancellationToken cancellationToken);

    /// <summary>Replaces all but the status, at the version that was read; refused with 409 when somebody else has written since.</summary>
    Task<T> UpdateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>The same for the status alone.</summary>
    Task<T> UpdateStatusAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <param name="name">The object's name.</param>
    /// <param name="patch">What to change, as JSON of a merge patch (RFC 7386).</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<T> PatchAsync<T>(string name, string patch, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>Deletes an object, and in the background what it owns; one that is not there is deleted.</summary>
    Task DeleteAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>The pods of a Job, as they are now.</summary>
    Task<IReadOnlyList<PodResource>> PodsOfJobAsync(string job, CancellationToken cancellationToken);

    /// <summary>What the cluster has told of a Job, as far as it is remembered, by the Job's UID.</summary>
    Task<IReadOnlyList<Corev1Event>> EventsOfJobAsync(string uid, CancellationToken cancellationToken);

    /// <summary>The pods that are bound to a node.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="exactly">Whether they must be those of this very moment, or may be those of a moment ago, which costs the API server little.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<IReadOnlyList<PodResource>> PodsOnNodeAsync(string node, bool exactly, CancellationToken cancellationToken);

    /// <summary>Asks for an eviction, of the pod of this UID alone.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="name">The pod's name.</param>
    /// <param name="uid">The pod's UID.</param>
    /// <param name="gracePeriodSeconds">How long it is given to end; null: as long as it says itself.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task EvictAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken);

    /// <inheritdoc cref="EvictAsync"/>
    /// <summary>Deletes the pod of this UID alone, whatever PodDisruptionBudgets say; refused with 404 or 409 when it is gone.</summary>
    Task DeletePodAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken);

    /// <summary>Asks what would be said to an eviction, of the pod of this UID alone: a dry run, after which all is as it was.</summary>
    Task RehearseEvictionAsync(string @namespace, string name, string uid, CancellationToken cancellationToken);

    /// <summary>A pod's log, cut after <paramref name="limit"/> bytes; refused with 404 or 400 when it is gone.</summary>
    Task<string> LogAsync(string pod, string container, int limit, CancellationToken cancellationToken);

    /// <summary>Publishes an event. One that cannot be published is no failure of the work that it speaks of.</summary>
    Task PublishAsync(IKubernetesObject<V1ObjectMeta> about, EngineEvent what, CancellationToken cancellationToken);
}
