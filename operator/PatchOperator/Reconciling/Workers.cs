using System.Net;
using k8s.Autorest;
using PatchOperator.Metrics;
using PatchOperator.Ports;
using PatchOperator.Queues;

namespace PatchOperator.Reconciling;

/// <summary>
/// Works off the queue. No object is ever forgotten: every way a reconcile can end leads to another look, after what the decision asks for, at once
/// after a conflict, ever later after failures.
/// </summary>
internal sealed class Workers(WorkQueue queue, IReadOnlyList<IReconciler> reconcilers, ReconcileMetrics metrics, TimeProvider time, ILogger<Workers> logger)
{
    /// <summary>How many objects are worked on at once: each waits for the API server most of the time.</summary>
    public const int AtOnce = 32;

    // Even where nothing is due, a missed wake-up must not be missed for ever. It reads no more than the caches.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromHours(1);
    private static readonly TimeSpan ConflictRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    // A moment past the instant waited for, since status times are whole seconds.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, IReconciler> byKind = reconcilers.ToDictionary(reconciler => reconciler.Kind);
    private readonly Dictionary<ObjectKey, int> failures = [];

    /// <summary>Works until cancelled, then waits for what is under way to end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(AtOnce);
        var working = new HashSet<Task>();
        try
        {
            while (true)
            {
                await slots.WaitAsync(cancellationToken);
                working.RemoveWhere(task => task.IsCompleted);
                var (key, waited) = await queue.TakeAsync(cancellationToken);
                metrics.Waited(key.Kind, waited);
                working.Add(Task.Run(() => WorkAsync(key, slots, cancellationToken), CancellationToken.None));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(working);
        }
    }

    private async Task WorkAsync(ObjectKey key, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        try
        {
            if (await WakeUpAsync(key, cancellationToken) is { } delay)
                queue.Enqueue(new Wish(key, delay));
        }
        finally
        {
            queue.GiveBack(key);
            slots.Release();
        }
    }

    /// <summary>Works on one object.</summary>
    /// <returns>When to look again; null when the object is gone, or this replica does not lead any more.</returns>
    internal async Task<TimeSpan?> WakeUpAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        try
        {
            var wakeUp = await byKind[key.Kind].ReconcileAsync(key.Name, cancellationToken);
            Failed(key, false);
            metrics.Ended(key.Kind, ReconcileMetrics.Success, startedAt);
            return wakeUp is not { } due ? null : due >= Heartbeat ? Heartbeat : (due < TimeSpan.Zero ? TimeSpan.Zero : due) + Moment;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            metrics.Ended(key.Kind, ReconcileMetrics.Conflict, startedAt);
            logger.LogDebug("{Kind} {Name} was changed by somebody else meanwhile; looking again", key.Kind, key.Name);
            return ConflictRetry;
        }
        catch (Exception exception)
        {
            metrics.Ended(key.Kind, ReconcileMetrics.Error, startedAt);
            var count = Failed(key, true);
            var retry = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(count, 10)) / 2, LongestRetry.TotalSeconds));
            // What the API server answered says it all, or that it was not asked; where else it came from does not.
            logger.LogError(
                exception is HttpOperationException or LeaseOverException ? null : exception,
                "Reconciling {Kind} {Name} failed ({Count} in a row): {Detail}; again in {Retry}",
                key.Kind, key.Name, count, exception.Message, retry);
            return retry;
        }
    }

    private int Failed(ObjectKey key, bool failed)
    {
        lock (failures)
            return failed ? failures[key] = failures.GetValueOrDefault(key) + 1 : failures.Remove(key) ? 0 : 0;
    }
}
