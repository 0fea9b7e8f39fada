using k8s.LeaderElection;
using PatchOperator.Caches;
using PatchOperator.Metrics;

namespace PatchOperator.Leading;

/// <summary>Keeps the caches while this replica leads, so that a new leader's first look is at the present, never at what a standby last saw.</summary>
internal sealed class Leadership(LeaderElector elector, ClusterCache cache, Backlog backlog, ILogger<Leadership> logger) : IHostedService, IDisposable
{
    private readonly Lock gate = new();
    private volatile CancellationTokenSource? term;

    /// <summary>Whether this replica is ready to work: it leads and has its caches, or it stands by.</summary>
    public bool IsReady => term is null || cache.Synced.IsCompletedSuccessfully;

    /// <summary>Whether this replica leads and has its caches.</summary>
    public bool IsLeading => term is not null && cache.Synced.IsCompletedSuccessfully;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        elector.OnStartedLeading += Start;
        elector.OnStoppedLeading += Stop;
        if (elector.IsLeader())
            Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        elector.OnStartedLeading -= Start;
        elector.OnStoppedLeading -= Stop;
        Stop();
        return Task.CompletedTask;
    }

    public void Dispose() => term?.Dispose();

    // The elector counts as leader a moment before it says so: the first of the two begins the term.
    private void Start()
    {
        lock (gate)
        {
            if (term is not null)
                return;
            logger.LogInformation("Leading");
            backlog.Clear();
            term = new CancellationTokenSource();
            _ = cache.RunAsync(term.Token);
        }
    }

    private void Stop()
    {
        lock (gate)
        {
            if (term is not { } ended)
                return;
            logger.LogInformation("Not leading any more");
            term = null;
            ended.Cancel();
            ended.Dispose();
        }
    }
}
