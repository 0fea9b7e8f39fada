using System.Net;
using System.Runtime.CompilerServices;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace KubeOps.KubernetesClient;

/// <inheritdoc cref="IKubernetesClient"/>
public class KubernetesClient : IKubernetesClient
{
    private const string PodNamespaceFile = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

    private readonly KubernetesClientConfiguration config;

    /// <summary>A client on top of another, which it disposes.</summary>
    public KubernetesClient(KubernetesClientConfiguration clientConfig, IKubernetes client)
    {
        config = clientConfig;
        ApiClient = client;
    }

    /// <inheritdoc/>
    public IKubernetes ApiClient { get; }

    private ICustomObjectsOperations Objects => ApiClient.CustomObjects;

    /// <inheritdoc/>
    public string GetCurrentNamespace(string downwardApiEnvName = "POD_NAMESPACE") =>
        (string.IsNullOrEmpty(config.Namespace) ? null : config.Namespace)
        ?? Environment.GetEnvironmentVariable(downwardApiEnvName)
        ?? (File.Exists(PodNamespaceFile) ? File.ReadAllText(PodNamespaceFile).Trim() : "default");

    /// <inheritdoc/>
    public async Task<TEntity?> GetAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        using var client = Generic<TEntity>();
        try
        {
            return await (string.IsNullOrWhiteSpace(@namespace)
                ? client.ReadAsync<TEntity>(name, cancellationToken)
                : client.ReadNamespacedAsync<TEntity>(@namespace, name, cancellationToken)).ConfigureAwait(false);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return default;
        }
    }

    /// <inheritdoc/>
    public async Task<IList<TEntity>> ListAsync<TEntity>(
        string? @namespace = null, string? labelSelector = null, string? fieldSelector = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        using var client = Generic<TEntity>();
        var list = await (@namespace is null
            ? client.ListAsync<EntityList<TEntity>>(labelSelector, fieldSelector, cancel: cancellationToken)
            : client.ListNamespacedAsync<EntityList<TEntity>>(@namespace, labelSelector, fieldSelector, cancel: cancellationToken))
            .ConfigureAwait(false);
        return list.Items;
    }

    /// <inheritdoc/>
    public async Task<TEntity> CreateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        using var client = Generic<TEntity>();
        return await (entity.Namespace() is { } ns
            ? client.CreateNamespacedAsync(entity, ns, cancellationToken)
            : client.CreateAsync(entity, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<TEntity> UpdateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        using var client = Generic<TEntity>();
        return await (entity.Namespace() is { } ns
            ? client.ReplaceNamespacedAsync(entity, ns, entity.Name(), cancellationToken)
            : client.ReplaceAsync(entity, entity.Name(), cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<TEntity> UpdateStatusAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var (group, version, plural) = EntityKind.Of<TEntity>();
        return entity.Namespace() is { } ns
            ? Objects.ReplaceNamespacedCustomObjectStatusAsync<TEntity>(
                entity, group, version, ns, plural, entity.Name(), cancellationToken: cancellationToken)
            : Objects.ReplaceClusterCustomObjectStatusAsync<TEntity>(
                entity, group, version, plural, entity.Name(), cancellationToken: cancellationToken);
    }

    /// <inheritdoc/>
    public Task<TEntity> PatchAsync<TEntity>(
        V1Patch patch,
        string name,
        string? @namespace = null,
        string? fieldManager = null,
        bool? force = null,
        string? dryRun = null,
        CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var (group, version, plural) = EntityKind.Of<TEntity>();
        return @namespace is null
            ? Objects.PatchClusterCustomObjectAsync<TEntity>(
                patch, group, version, plural, name, dryRun, fieldManager, force: force, cancellationToken: cancellationToken)
            : Objects.PatchNamespacedCustomObjectAsync<TEntity>(
                patch, group, version, @namespace, plural, name, dryRun, fieldManager, force: force, cancellationToken: cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        using var client = Generic<TEntity>();
        try
        {
            await (@namespace is null
                ? client.DeleteAsync<V1Status>(name, cancellationToken)
                : client.DeleteNamespacedAsync<V1Status>(@namespace, name, cancellationToken)).ConfigureAwait(false);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Somebody was faster.
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<(WatchEventType Type, TEntity Entity)> WatchAsync<TEntity>(
        string? @namespace = null,
        string? resourceVersion = null,
        string? labelSelector = null,
        string? fieldSelector = null,
        bool? allowWatchBookmarks = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var path = EntityKind.Of<TEntity>().WatchPath(@namespace, resourceVersion, labelSelector, fieldSelector, allowWatchBookmarks);
        await foreach (var watchEvent in WatchStream.ReadAsync<TEntity>((Kubernetes)ApiClient, path, config.JsonSerializerOptions, cancellationToken))
            yield return watchEvent;
    }

    /// <summary>Disposes the client underneath.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the client underneath.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            ApiClient.Dispose();
    }

    private GenericClient Generic<TEntity>() => EntityKind.Of<TEntity>().Client(ApiClient);
}
