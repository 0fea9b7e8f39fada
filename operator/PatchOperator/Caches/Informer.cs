using System.Net;
using System.Reflection;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.KubernetesClient;

namespace PatchOperator.Caches;

/// <summary>
/// Keeps what is known of one kind equal to the API server's by list and watch. Names are the keys, so a kind is cluster-scoped or watched in one
/// namespace.
/// </summary>
/// <remarks>KubeOps has watchers but no informer: it never lists, and a deletion during a broken watch never reaches it.</remarks>
internal sealed class Informer<TResource>(IKubernetesClient client, ClusterWorld world, Watched<TResource> watched, TimeProvider time,
    ILogger logger) : IInformer
    where TResource : class, IKubernetesObject<V1ObjectMeta>
{
    private const int FailuresUntilList = 4;
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly Random jitter = new();
    private readonly TaskCompletionSource synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public Task Synced => synced.Task;

    /// <inheritdoc/>
    public Task RefreshAsync(CancellationToken cancellationToken) => ListAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? resourceVersion = null;
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                resourceVersion ??= await ListAsync(cancellationToken);
                await foreach (var (type, resource) in WatchAsync(resourceVersion, cancellationToken))
                {
                    failures = 0;
                    resourceVersion = resource.Metadata.ResourceVersion;
                    Apply(type, resource);
                }

                failures = 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (IsGone(exception))
            {
                logger.LogInformation("The watch of {Kind} is too old; listing again", typeof(TResource).Name);
                resourceVersion = null;
                failures++;
            }
            catch (Exception exception)
            {
                logger.LogWarning("The watch of {Kind} broke: {Problem}; trying again", typeof(TResource).Name, exception.Message);
                // A version that the server does not have yet, as after a restored etcd, is refused for as long as it is asked for.
                if (++failures >= FailuresUntilList)
                    resourceVersion = null;
            }

            await BackOffAsync(failures, cancellationToken);
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        using var generic = Generic();
        var seen = new HashSet<string>();
        var newestBefore = watched.Store.Newest;
        string? next = null;
        string resourceVersion;
        do
        {
            var (selector, limit) = (watched.LabelSelector, watched.PageSize);
            var page = watched.Namespace is { } ns
                ? await generic.ListNamespacedAsync<EntityList<TResource>>(ns, selector, limit: limit, continueToken: next, cancel: cancellationToken)
                : await generic.ListAsync<EntityList<TResource>>(selector, limit: limit, continueToken: next, cancel: cancellationToken);
            resourceVersion = page.Metadata.ResourceVersion;
            world.With(watched.Store, store =>
            {
                if (next is null)
                    store.Listing(resourceVersion, newestBefore);
                foreach (var resource in page.Items)
                {
                    seen.Add(resource.Metadata.Name);
                    store.Put(resource);
                }
            });
            next = page.Metadata.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));

        world.With(watched.Store, store => store.RemoveAllBut(seen, resourceVersion));
        synced.TrySetResult();
        return resourceVersion;
    }

    private IAsyncEnumerable<(WatchEventType Type, TResource Entity)> WatchAsync(string resourceVersion, CancellationToken cancellationToken) =>
        client.WatchAsync<TResource>(
            watched.Namespace,
            resourceVersion,
            labelSelector: watched.LabelSelector,
            allowWatchBookmarks: true,
            cancellationToken: cancellationToken);

    private GenericClient Generic()
    {
        var entity = typeof(TResource).GetCustomAttribute<KubernetesEntityAttribute>()!;
        return string.IsNullOrEmpty(entity.Group)
            ? new GenericClient(client.ApiClient, entity.ApiVersion, entity.PluralName, disposeClient: false)
            : new GenericClient(client.ApiClient, entity.Group, entity.ApiVersion, entity.PluralName, disposeClient: false);
    }

    private void Apply(WatchEventType type, TResource resource) => world.With(watched.Store, store =>
    {
        if (type is WatchEventType.Added or WatchEventType.Modified)
            store.Put(resource);
        else if (type == WatchEventType.Deleted)
            store.Remove(resource.Metadata.Name, resource.Metadata.Uid);
    });

    private static bool IsGone(Exception exception) => exception switch
    {
        KubernetesException { Status.Code: (int)HttpStatusCode.Gone } => true,
        HttpOperationException { Response.StatusCode: HttpStatusCode.Gone } => true,
        _ => false,
    };

    private async Task BackOffAsync(int failures, CancellationToken cancellationToken)
    {
        var ceiling = Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, Math.Min(failures, 5)) / 2);
        await Task.Delay(
            TimeSpan.FromSeconds(ceiling * (0.5 + jitter.NextDouble() / 2)), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
