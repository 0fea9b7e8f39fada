using k8s.LeaderElection;
using PatchOperator.Reconciling;

namespace PatchOperator.Caches;

/// <summary>Keeps the caches while this replica leads, so that a new leader's first look is at the present, never at what a standby last saw.</summary>
internal sealed class Leadership(LeaderElector elector, ClusterCache cache, Backlog backlog, ILogger<Leadership> logger) : IHostedService, IDisposable
{
    private CancellationTokenSource? term;

    /// <summary>Whether this replica is ready to work: it leads and has its caches, or it stands by.</summary>
    public bool IsReady => !elector.IsLeader() || cache.Synced.IsCompletedSuccessfully;

    /// <summary>Whether this replica leads and has its caches.</summary>
    public bool IsLeading => elector.IsLeader() && cache.Synced.IsCompletedSuccessfully;

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

    private void Start()
    {
        logger.LogInformation("Leading");
        backlog.Clear();
        var started = new CancellationTokenSource();
        Interlocked.Exchange(ref term, started)?.Cancel();
        _ = cache.RunAsync(started.Token);
    }

    private void Stop()
    {
        if (Interlocked.Exchange(ref term, null) is not { } ended)
            return;
        logger.LogInformation("Not leading any more");
        ended.Cancel();
        ended.Dispose();
    }
}
