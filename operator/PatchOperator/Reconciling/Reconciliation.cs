using System.Collections.Concurrent;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using PatchOperator.Caches;
using PatchOperator.Metrics;

namespace PatchOperator.Reconciling;

/// <summary>
/// Runs a reconcile so that it is never forgotten: every way it can end becomes a result with a time to look again. KubeOps drops an
/// object after five exceptions, and does not retry a failure without a time.
/// </summary>
internal sealed class Reconciliation(ClusterCache cache, Backlog backlog, ReconcileMetrics metrics, TimeProvider time, ILogger<Reconciliation> logger)
{
    // Even where nothing is due, a missed wake-up must not be missed for ever.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromHours(1);
    private static readonly TimeSpan ConflictRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, int> failures = new();

    /// <summary>The time that status and decisions are written with: whole seconds, as Kubernetes keeps them.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        }
    }

    /// <summary>Reconciles; <paramref name="reconcile"/> returns when to look again, or null.</summary>
    public async Task<ReconciliationResult<TEntity>> RunAsync<TEntity>(TEntity entity, Func<CancellationToken, Task<TimeSpan?>> reconcile, CancellationToken cancellationToken)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var (wakeUp, _) = await GuardAsync(entity, reconcile, cancellationToken);
        return ReconciliationResult<TEntity>.Success(entity, wakeUp);
    }

    /// <summary>Finalizes; <paramref name="finalize"/> returns null once the object may go, or when to look again.</summary>
    public async Task<ReconciliationResult<TEntity>> FinalizeAsync<TEntity>(TEntity entity, Func<CancellationToken, Task<TimeSpan?>> finalize, CancellationToken cancellationToken)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var done = false;
        var (wakeUp, problem) = await GuardAsync(
            entity,
            async token =>
            {
                var again = await finalize(token);
                done = again is null;
                return again;
            },
            cancellationToken);
        return done && problem is null
            ? ReconciliationResult<TEntity>.Success(entity)
            : ReconciliationResult<TEntity>.Failure(entity, problem ?? "not at rest yet", requeueAfter: wakeUp);
    }

    private async Task<(TimeSpan WakeUp, string? Problem)> GuardAsync<TEntity>(TEntity entity, Func<CancellationToken, Task<TimeSpan?>> reconcile, CancellationToken cancellationToken)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var kind = typeof(TEntity).Name;
        var key = $"{kind}/{entity.Metadata.Name}";
        var startedAt = time.GetTimestamp();
        backlog.Take(kind, entity.Metadata.Name);
        try
        {
            await cache.Synced.WaitAsync(cancellationToken);
            startedAt = time.GetTimestamp();
            var wakeUp = await reconcile(cancellationToken);
            failures.TryRemove(key, out _);
            metrics.Ended(kind, ReconcileMetrics.Success, startedAt);
            return (Clamp(wakeUp), null);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            metrics.Ended(kind, ReconcileMetrics.Conflict, startedAt);
            logger.LogDebug("{Object} was changed by somebody else meanwhile; looking again", key);
            return (ConflictRetry, "conflict");
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            metrics.Ended(kind, ReconcileMetrics.Error, startedAt);
            var count = failures.AddOrUpdate(key, 1, (_, before) => before + 1);
            var retry = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(count, 10)) / 2, LongestRetry.TotalSeconds));
            // What the API server answered says it all; where else it came from does not.
            logger.LogError(
                exception is HttpOperationException ? null : exception,
                "Reconciling {Object} failed ({Count} in a row): {Detail}; again in {Retry}",
                key, count, exception.Message, retry);
            return (retry, exception.Message);
        }
    }

    // A moment past the instant waited for, since status times are whole seconds.
    private static TimeSpan Clamp(TimeSpan? wakeUp) => wakeUp switch
    {
        null => Heartbeat,
        { } due when due <= TimeSpan.Zero => TimeSpan.FromMilliseconds(50),
        { } due when due >= Heartbeat => Heartbeat,
        { } due => due + TimeSpan.FromMilliseconds(50),
    };
}
