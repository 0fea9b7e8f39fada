using k8s;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Reconciliation;

namespace KubeOps.Operator.Queue;

/// <summary>
/// Objects to reconcile, each at its time. One entry per object: further wishes join it and the earliest time counts. An object that
/// is being worked on is not handed out again; a wish that comes meanwhile waits for the end. Closed, it takes nothing: we do not lead.
/// </summary>
internal sealed class WorkQueue<TEntity> : IDisposable
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, PendingWork<TEntity>> pending = [];
    private readonly PriorityQueue<string, long> order = new(); // may hold outdated entries; 'pending' has the truth
    private readonly HashSet<string> running = [];
    private readonly TimeProvider time;
    private readonly ITimer alarm;
    private TaskCompletionSource changed = NewSignal();
    private bool open;

    /// <summary>Closed at first under leader election, open otherwise.</summary>
    public WorkQueue(OperatorSettings settings, TimeProvider time)
    {
        this.time = time;
        open = settings.LeaderElectionType == LeaderElectionType.None;
        alarm = time.CreateTimer(_ => Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => alarm.Dispose();

    /// <summary>Takes work from now on.</summary>
    internal void Open()
    {
        lock (gate)
            open = true;
    }

    /// <summary>Forgets all work and takes no more.</summary>
    internal void Close()
    {
        lock (gate)
        {
            open = false;
            pending.Clear();
            order.Clear();
        }
    }

    /// <inheritdoc cref="Abstractions.Reconciliation.Queue.EntityQueue{TEntity}"/>
    internal Task<bool> EnqueueAsync(
        TEntity entity,
        ReconciliationType type,
        ReconciliationTriggerSource reconciliationTriggerSource,
        TimeSpan queueIn,
        int retryCount,
        CancellationToken cancellationToken) =>
        Task.FromResult(!cancellationToken.IsCancellationRequested && Enqueue(entity, type, queueIn, retryCount));

    /// <summary>Asks for an object after a delay; false if the queue is closed.</summary>
    internal bool Enqueue(TEntity entity, ReconciliationType type, TimeSpan queueIn, int retryCount) =>
        Enqueue(new WorkItem<TEntity>(ObjectName.Of(entity), type, retryCount, type == ReconciliationType.Deleted ? entity : default), queueIn);

    /// <summary>Asks for it again after a delay; false if the queue is closed.</summary>
    internal bool Enqueue(WorkItem<TEntity> wish, TimeSpan queueIn)
    {
        var key = wish.Object.Key;
        lock (gate)
        {
            if (!open)
                return false;

            var due = time.GetTimestamp() + Ticks(queueIn < TimeSpan.Zero ? TimeSpan.Zero : queueIn);
            if (!pending.TryGetValue(key, out var work))
                pending.Add(key, work = new PendingWork<TEntity>(due));
            work.Add(wish, due);
            if (!running.Contains(key))
                order.Enqueue(key, work.Due);
        }

        Signal();
        return true;
    }

    /// <summary>Waits for the next object that is due, and takes it; <see cref="GiveBack"/> must follow.</summary>
    internal async Task<WorkItem<TEntity>> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task signal;
            lock (gate)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TakeDue() is { } item)
                    return item;

                if (changed.Task.IsCompleted)
                    changed = NewSignal();
                signal = changed.Task;
                alarm.Change(UntilNext(), Timeout.InfiniteTimeSpan);
            }

            await signal.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The work on a key has ended; what was wanted meanwhile comes next.</summary>
    internal void GiveBack(string key)
    {
        lock (gate)
        {
            running.Remove(key);
            if (pending.TryGetValue(key, out var work))
                order.Enqueue(key, work.Due);
        }

        Signal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkItem<TEntity>? TakeDue()
    {
        var now = time.GetTimestamp();
        while (order.TryPeek(out var key, out var due) && due <= now)
        {
            order.Dequeue();
            if (running.Contains(key) || !pending.TryGetValue(key, out var work) || work.Due != due)
                continue;

            var item = work.Take();
            if (work.IsEmpty)
                pending.Remove(key);
            running.Add(key);
            return item;
        }

        return null;
    }

    private TimeSpan UntilNext()
    {
        if (!order.TryPeek(out _, out var due))
            return Timeout.InfiniteTimeSpan;

        // A millisecond more, for timers may fire a little early; a day at most, for timers have an end.
        var wait = time.GetElapsedTime(time.GetTimestamp(), due) + TimeSpan.FromMilliseconds(1);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
    }

    private long Ticks(TimeSpan delay)
    {
        var ticks = delay.TotalSeconds * time.TimestampFrequency;
        return ticks > long.MaxValue / 4 ? long.MaxValue / 4 : (long)ticks;
    }

    private void Signal()
    {
        lock (gate)
            changed.TrySetResult();
    }
}
