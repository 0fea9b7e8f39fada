using k8s.LeaderElection;
using PatchOperator.Caches;
using PatchOperator.Queues;
using PatchOperator.Reconciling;

namespace PatchOperator.Leading;

/// <summary>Works while this replica leads. A new leader first makes sure that it knows what the one before it has written.</summary>
internal sealed class Leadership(
    LeaderElector elector,
    Informers informers,
    ClusterWorld world,
    WorkQueue queue,
    Workers workers,
    Triggers triggers,
    TimeProvider time,
    ILogger<Leadership> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan RefreshRetry = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private CancellationTokenSource? term;
    private Task working = Task.CompletedTask;
    private volatile bool refreshed;

    /// <summary>Whether this replica is ready to work: it knows the cluster, and if it leads, what was written before it did.</summary>
    public bool IsReady => informers.Synced.IsCompletedSuccessfully && (term is null || refreshed);

    /// <summary>Whether this replica leads and knows the cluster.</summary>
    public bool IsLeading => term is not null && refreshed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        world.Changed += Wish;
        elector.OnStartedLeading += Start;
        elector.OnStoppedLeading += Stop;
        if (elector.IsLeader())
            Start();
        return Task.CompletedTask;
    }

    /// <summary>Waits for what is under way to end, as long as the host allows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        elector.OnStartedLeading -= Start;
        elector.OnStoppedLeading -= Stop;
        Stop();
        try
        {
            await working.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Work did not end in time");
        }
    }

    public void Dispose() => term?.Dispose();

    private void Wish(WorldChange change)
    {
        if (term is null)
            return;
        foreach (var wish in triggers.For(change, time.GetUtcNow()))
            queue.Enqueue(wish);
    }

    // The elector counts as leader a moment before it says so: the first of the two begins the term.
    private void Start()
    {
        lock (gate)
        {
            if (term is not null)
                return;
            logger.LogInformation("Leading");
            term = new CancellationTokenSource();
            queue.Open();
            var (before, token) = (working, term.Token);
            working = Task.Run(() => WorkAsync(before, token), CancellationToken.None);
        }
    }

    private void Stop()
    {
        lock (gate)
        {
            if (term is not { } ended)
                return;
            logger.LogInformation("Not leading any more");
            (term, refreshed) = (null, false);
            queue.Close();
            // Callbacks run elsewhere: this may be the thread that tells everybody that leadership is lost.
            _ = ended.CancelAsync();
        }
    }

    private async Task WorkAsync(Task before, CancellationToken cancellationToken)
    {
        await before;
        while (!IsLeading && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                await informers.RefreshAsync(cancellationToken);
                lock (gate)
                    refreshed = !cancellationToken.IsCancellationRequested;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning("Cannot list what was written before this replica led: {Problem}; trying again", exception.Message);
                await Task.Delay(RefreshRetry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        foreach (var wish in Triggers.Everything(world.Snapshot))
            queue.Enqueue(wish);
        await workers.RunAsync(cancellationToken);
    }
}
