using k8s;
using k8s.LeaderElection;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Operator.Reconciliation;
using KubeOps.Operator.Watcher;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.Queue;

/// <summary>
/// Watches one kind and works on it: always, or only while this replica leads. When leadership is lost, everything is cancelled at
/// once and forgotten; the next leader starts from the state of the cluster.
/// </summary>
internal sealed class EntityPipeline<TEntity>(
    IServiceProvider services,
    OperatorSettings settings,
    WorkQueue<TEntity> queue,
    EntityWatcher<TEntity> watcher,
    EntityReconciler<TEntity> reconciler,
    ILogger<EntityPipeline<TEntity>> logger) : IHostedService, IDisposable
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim slots = new(settings.ParallelReconciliation.MaxParallelReconciliations);
    private readonly List<Task> terms = [];
    private readonly LeaderElector? elector =
        settings.LeaderElectionType == LeaderElectionType.Single ? services.GetRequiredService<LeaderElector>() : null;
    private CancellationTokenSource? term;
    private bool stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (elector is null)
        {
            StartTerm();
            return Task.CompletedTask;
        }

        elector.OnStartedLeading += StartTerm;
        elector.OnStoppedLeading += EndTerm;
        if (elector.IsLeader())
            StartTerm();
        return Task.CompletedTask;
    }

    /// <summary>Cancels everything and waits for it to end, as long as the host allows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (elector is not null)
        {
            elector.OnStartedLeading -= StartTerm;
            elector.OnStoppedLeading -= EndTerm;
        }

        Task[] ending;
        lock (gate)
        {
            stopped = true;
            ending = [.. terms];
        }

        EndTerm();
        try
        {
            await Task.WhenAll(ending).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Work on {Kind} did not end in time", typeof(TEntity).Name);
        }
    }

    public void Dispose()
    {
        EndTerm();
        slots.Dispose();
    }

    private void StartTerm()
    {
        lock (gate)
        {
            if (stopped || term is not null)
                return;

            terms.RemoveAll(earlier => earlier.IsCompleted);
            queue.Open();
            term = new CancellationTokenSource();
            var token = term.Token;
            terms.Add(Task.Run(() => RunAsync(token), CancellationToken.None));
        }
    }

    private void EndTerm()
    {
        CancellationTokenSource? ending;
        lock (gate)
        {
            (ending, term) = (term, null);
            queue.Close();
        }

        // At once for whoever looks; callbacks run elsewhere, for this may be the thread that tells all kinds that leadership is lost.
        _ = ending?.CancelAsync();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var watching = watcher.RunAsync(cancellationToken);
        var working = new List<Task> { watching };
        try
        {
            while (true)
            {
                await slots.WaitAsync(cancellationToken);
                working.RemoveAll(task => task.IsCompleted);
                working.Add(WorkAsync(await TakeAsync(cancellationToken), cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(working);
        }
    }

    private async Task<WorkItem<TEntity>> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await queue.TakeAsync(cancellationToken);
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    private async Task WorkAsync(WorkItem<TEntity> item, CancellationToken cancellationToken)
    {
        await Task.Yield(); // a controller that never awaits must not hold up the others
        try
        {
            await reconciler.ProcessAsync(item, cancellationToken);
        }
        finally
        {
            queue.GiveBack(item.Object.Key);
            slots.Release();
        }
    }
}
