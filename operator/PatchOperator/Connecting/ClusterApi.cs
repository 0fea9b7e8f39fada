using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Events;
using KubeOps.KubernetesClient;
using PatchOperator.Engine.Decisions;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Connecting;

/// <summary>The API server of the cluster.</summary>
internal sealed class ClusterApi(
    IKubernetesClient client, EvictionApi evictions, EventPublisher publish, OperatorOptions options, TimeProvider time) : IApi
{
    // Where pods change all the time, the API server has heard of a version within a moment; where they do not, there are few to read.
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(0.5);

    /// <inheritdoc/>
    public Task<T?> GetAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => client.GetAsync<T>(name, @namespace, cancellationToken);

    /// <inheritdoc/>
    public Task<T> CreateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => client.CreateAsync(entity, cancellationToken);

    /// <inheritdoc/>
    public Task<JobResource> CreateJobAsync(V1Job job, CancellationToken cancellationToken) =>
        client.ApiClient.CustomObjects.CreateNamespacedCustomObjectAsync<JobResource>(
            job, V1Job.KubeGroup, V1Job.KubeApiVersion, options.JobNamespace, V1Job.KubePluralName, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public Task<T> UpdateAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => client.UpdateAsync(entity, cancellationToken);

    /// <inheritdoc/>
    public Task<T> UpdateStatusAsync<T>(T entity, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> => client.UpdateStatusAsync(entity, cancellationToken);

    /// <inheritdoc/>
    public Task<T> PatchAsync<T>(string name, string patch, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        client.PatchAsync<T>(new V1Patch(patch, V1Patch.PatchType.MergePatch), name, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync<T>(string name, string? @namespace, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            if (typeof(T) == typeof(JobResource))
                await client.ApiClient.BatchV1.DeleteNamespacedJobAsync(
                    name, @namespace, propagationPolicy: "Background", cancellationToken: cancellationToken);
            else
                await client.DeleteAsync<T>(name, @namespace, cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Somebody else, or its time to live, was faster.
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PodResource>> PodsOfJobAsync(string job, CancellationToken cancellationToken) =>
        [.. await client.ListAsync<PodResource>(options.JobNamespace, labelSelector: $"job-name={job}", cancellationToken: cancellationToken)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Corev1Event>> EventsOfJobAsync(string uid, CancellationToken cancellationToken) =>
    [
        .. (await client.ApiClient.CoreV1.ListNamespacedEventAsync(
            options.JobNamespace, fieldSelector: $"involvedObject.uid={uid}", cancellationToken: cancellationToken)).Items,
    ];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PodResource>> PodsOnNodeAsync(string node, bool exactly, CancellationToken cancellationToken)
    {
        if (!exactly)
            return await PodsOnNodeAsync(node, notOlderThan: "0", cancellationToken);
        // One pod is enough to learn which version is the newest. Without a version, every pod of the cluster would be read from etcd.
        var newest = await client.ApiClient.CoreV1.ListNamespacedPodAsync(options.JobNamespace, limit: 1, cancellationToken: cancellationToken);
        using var patience = new CancellationTokenSource(CatchUp, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await PodsOnNodeAsync(node, newest.Metadata.ResourceVersion, either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && (patience.IsCancellationRequested || exception is HttpOperationException { Response.StatusCode: HttpStatusCode.GatewayTimeout }))
        {
            return await PodsOnNodeAsync(node, notOlderThan: null, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task EvictAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken) =>
        EvictAsync(@namespace, name, Only(uid, gracePeriodSeconds), dryRun: null, cancellationToken);

    /// <inheritdoc/>
    public Task RehearseEvictionAsync(string @namespace, string name, string uid, CancellationToken cancellationToken) =>
        EvictAsync(@namespace, name, Only(uid, null), dryRun: "All", cancellationToken);

    /// <inheritdoc/>
    public Task DeletePodAsync(string @namespace, string name, string uid, int? gracePeriodSeconds, CancellationToken cancellationToken) =>
        client.ApiClient.CoreV1.DeleteNamespacedPodAsync(name, @namespace, Only(uid, gracePeriodSeconds), cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public async Task<string> LogAsync(string pod, string container, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await client.ApiClient.CoreV1.ReadNamespacedPodLogAsync(
            pod, options.JobNamespace, container: container, limitBytes: limit, cancellationToken: cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task PublishAsync(IKubernetesObject<V1ObjectMeta> about, EngineEvent what, CancellationToken cancellationToken) =>
        publish(about, what.Reason, what.Message, what.Warning ? EventType.Warning : EventType.Normal, cancellationToken);

    private async Task EvictAsync(string @namespace, string name, V1DeleteOptions options, string? dryRun, CancellationToken cancellationToken)
    {
        var eviction = new V1Eviction
        {
            ApiVersion = await evictions.VersionAsync(cancellationToken),
            Kind = "Eviction",
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = @namespace },
            DeleteOptions = options,
        };
        await client.ApiClient.CoreV1.CreateNamespacedPodEvictionAsync(eviction, name, @namespace, dryRun, cancellationToken: cancellationToken);
    }

    private static V1DeleteOptions Only(string uid, int? gracePeriodSeconds) =>
        new() { Preconditions = new V1Preconditions { Uid = uid }, GracePeriodSeconds = gracePeriodSeconds };

    // From what the API server has in memory; without a version, from etcd. In pages it would be from etcd as well, and a node has a few hundred at most.
    private async Task<IReadOnlyList<PodResource>> PodsOnNodeAsync(string node, string? notOlderThan, CancellationToken cancellationToken)
    {
        var pods = await client.ApiClient.CoreV1.ListPodForAllNamespacesAsync(
            fieldSelector: $"spec.nodeName={node}",
            resourceVersion: notOlderThan,
            resourceVersionMatch: notOlderThan is null ? null : "NotOlderThan",
            cancellationToken: cancellationToken);
        return [.. pods.Items.Select(PodResource.Of)];
    }
}
