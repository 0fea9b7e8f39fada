using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.KubernetesClient;
using KubeOps.Operator.Queue;
using Microsoft.Extensions.Logging;
using PatchOperator.Sdk.Timing;

namespace KubeOps.Operator.Watcher;

/// <summary>
/// Follows one kind for days: lists, then watches from the version of the list, session after session. Every event and bookmark moves
/// the version on; only when the server no longer knows it (410) is there another list.
/// </summary>
internal sealed class EntityWatcher<TEntity>(
    IKubernetesClient client,
    OperatorSettings settings,
    WorkQueue<TEntity> queue,
    TimeProvider time,
    ILogger<EntityWatcher<TEntity>> logger)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private const int PageSize = 500;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HealthySession = TimeSpan.FromMinutes(1);

    /// <summary>Runs until cancelled; never throws.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var seen = new SeenVersions(settings.ReconcileStrategy);
        string? version = null;
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            var began = time.GetTimestamp();
            try
            {
                version ??= await ListAsync(seen, cancellationToken);
                await foreach (var (type, entity) in client.WatchAsync<TEntity>(
                    settings.Namespace, version, allowWatchBookmarks: true, cancellationToken: cancellationToken))
                {
                    version = entity.ResourceVersion();
                    failures = 0;
                    Report(type, entity, seen);
                }
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (IsGone(e))
            {
                logger.LogInformation("The server no longer knows version {Version} of {Kind}: listing again", version, typeof(TEntity).Name);
                version = null;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "The watch of {Kind} broke", typeof(TEntity).Name);
            }

            failures = time.GetElapsedTime(began) > HealthySession ? 1 : failures + 1;
            await DelayAsync(Backoff.After(failures, FirstDelay, LongestDelay), cancellationToken);
        }
    }

    private static bool IsGone(Exception e) =>
        e is KubernetesException { Status.Code: (int)HttpStatusCode.Gone }
            or HttpOperationException { Response.StatusCode: HttpStatusCode.Gone };

    private async Task<string> ListAsync(SeenVersions seen, CancellationToken cancellationToken)
    {
        using var kind = EntityKind.Of<TEntity>().Client(client.ApiClient);
        var uids = new HashSet<string>();
        for (string? next = null; ;)
        {
            var page = await (settings.Namespace is { } ns
                ? kind.ListNamespacedAsync<EntityList<TEntity>>(ns, limit: PageSize, continueToken: next, cancel: cancellationToken)
                : kind.ListAsync<EntityList<TEntity>>(limit: PageSize, continueToken: next, cancel: cancellationToken));
            foreach (var entity in page.Items)
            {
                uids.Add(entity.Uid());
                Report(WatchEventType.Added, entity, seen);
            }

            next = page.Metadata.ContinueProperty;
            if (!string.IsNullOrEmpty(next))
                continue;

            seen.KeepOnly(uids);
            return page.Metadata.ResourceVersion;
        }
    }

    private void Report(WatchEventType type, TEntity entity, SeenVersions seen)
    {
        switch (type)
        {
            case WatchEventType.Added when seen.IsNews(entity):
                queue.Enqueue(entity, ReconciliationType.Added, TimeSpan.Zero, retryCount: 0);
                break;
            case WatchEventType.Modified when seen.IsNews(entity):
                queue.Enqueue(entity, ReconciliationType.Modified, TimeSpan.Zero, retryCount: 0);
                break;
            case WatchEventType.Deleted:
                seen.Forget(entity);
                queue.Enqueue(entity, ReconciliationType.Deleted, TimeSpan.Zero, retryCount: 0);
                break;
        }
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The loop looks at the token itself.
        }
    }
}
