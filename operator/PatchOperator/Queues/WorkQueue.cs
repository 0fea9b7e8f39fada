namespace PatchOperator.Queues;

/// <summary>
/// Objects to reconcile, each at its time. One entry per object: further wishes join it, and the earliest time counts. An object that is being worked
/// on is not handed out again; a wish that comes meanwhile waits for the end. Of what is due the urgent goes first. Closed, it takes nothing.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<ObjectKey, Entry> pending = [];
    // Both may hold outdated entries; 'pending' has the truth.
    private readonly PriorityQueue<ObjectKey, long> urgent = new();
    private readonly PriorityQueue<ObjectKey, long> ordinary = new();
    private readonly HashSet<ObjectKey> running = [];
    private readonly TimeProvider time;
    private readonly ITimer alarm;
    private TaskCompletionSource changed = NewSignal();
    private bool open;

    public WorkQueue(TimeProvider time)
    {
        this.time = time;
        alarm = time.CreateTimer(_ => Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => alarm.Dispose();

    /// <summary>Takes work from now on.</summary>
    public void Open()
    {
        lock (gate)
            open = true;
    }

    /// <summary>Forgets all work and takes no more.</summary>
    public void Close()
    {
        lock (gate)
        {
            open = false;
            pending.Clear();
            urgent.Clear();
            ordinary.Clear();
        }
    }

    /// <summary>Asks for an object.</summary>
    public void Enqueue(Wish wished)
    {
        lock (gate)
        {
            if (!open)
                return;
            var (key, delay, isUrgent) = wished;
            var due = time.GetTimestamp() + Ticks(delay < TimeSpan.Zero ? TimeSpan.Zero : delay);
            var wish = pending.TryGetValue(key, out var known) ? new Entry(Math.Min(known.Due, due), known.Urgent || isUrgent) : new Entry(due, isUrgent);
            pending[key] = wish;
            if (!running.Contains(key))
                Order(key, wish);
        }

        Signal();
    }

    /// <summary>How many objects of a kind are due and wait.</summary>
    public int Length(string kind)
    {
        var now = time.GetTimestamp();
        lock (gate)
            return pending.Count(wish => wish.Key.Kind == kind && wish.Value.Due <= now);
    }

    /// <summary>Waits for the next object that is due, and takes it; <see cref="GiveBack"/> must follow.</summary>
    /// <returns>The object, and for how long it was due.</returns>
    public async Task<(ObjectKey Key, TimeSpan Waited)> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task signal;
            lock (gate)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryTake() is { } taken)
                    return taken;
                if (changed.Task.IsCompleted)
                    changed = NewSignal();
                signal = changed.Task;
                alarm.Change(UntilNext(), Timeout.InfiniteTimeSpan);
            }

            await signal.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The same without waiting: null when nothing is due.</summary>
    public (ObjectKey Key, TimeSpan Waited)? TryTake()
    {
        lock (gate)
            return (TakeDue(urgent) ?? TakeDue(ordinary)) is { } taken ? (taken.Key, time.GetElapsedTime(taken.Due)) : null;
    }

    /// <summary>The work on an object has ended; what was wanted meanwhile comes next.</summary>
    public void GiveBack(ObjectKey key)
    {
        lock (gate)
        {
            running.Remove(key);
            if (pending.TryGetValue(key, out var wish))
                Order(key, wish);
        }

        Signal();
    }

    /// <summary>When to look again, a day at most; infinite when there is nothing to wait for.</summary>
    public TimeSpan UntilNext()
    {
        long? next = null;
        lock (gate)
            foreach (var queue in new[] { urgent, ordinary })
                if (queue.TryPeek(out _, out var due) && (next is null || due < next))
                    next = due;
        if (next is not { } at)
            return Timeout.InfiniteTimeSpan;
        // A millisecond more, for timers may fire a little early; a day at most, for timers have an end.
        var wait = time.GetElapsedTime(time.GetTimestamp(), at) + TimeSpan.FromMilliseconds(1);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Order(ObjectKey key, Entry wish) => (wish.Urgent ? urgent : ordinary).Enqueue(key, wish.Due);

    private (ObjectKey Key, long Due)? TakeDue(PriorityQueue<ObjectKey, long> queue)
    {
        var now = time.GetTimestamp();
        while (queue.TryPeek(out var key, out var due) && due <= now)
        {
            queue.Dequeue();
            if (running.Contains(key) || !pending.TryGetValue(key, out var wish) || wish.Due != due)
                continue;
            pending.Remove(key);
            running.Add(key);
            return (key, due);
        }

        return null;
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

    private readonly record struct Entry(long Due, bool Urgent);
}
