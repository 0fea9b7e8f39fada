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
internal sealed class ClusterApi(IKubernetesClient client, EvictionApi evictions, EventPublisher publish, OperatorOptions options) : IApi
{
    private const int PageSize = 250;

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
    public async Task<IReadOnlyList<PodResource>> PodsOnNodeAsync(string node, bool exactly, CancellationToken cancellationToken)
    {
        var pods = new List<PodResource>();
        string? next = null;
        do
        {
            // Version 0 is whatever the API server has in memory; without one, every pod of the cluster is read from etcd.
            var page = await client.ApiClient.CoreV1.ListPodForAllNamespacesAsync(
                fieldSelector: $"spec.nodeName={node}", resourceVersion: exactly ? null : "0", limit: PageSize, continueParameter: next,
                    cancellationToken: cancellationToken);
            pods.AddRange(page.Items.Select(PodResource.Of));
            next = page.Metadata.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));
        return pods;
    }

    /// <inheritdoc/>
    public async Task EvictAsync(string @namespace, string name, string uid, CancellationToken cancellationToken)
    {
        var eviction = new V1Eviction
        {
            ApiVersion = await evictions.VersionAsync(cancellationToken),
            Kind = "Eviction",
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = @namespace },
            DeleteOptions = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = uid } },
        };
        await client.ApiClient.CoreV1.CreateNamespacedPodEvictionAsync(eviction, name, @namespace, cancellationToken: cancellationToken);
    }

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
}
