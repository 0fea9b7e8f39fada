#nullable disable // as the package: no annotations

using System.Net;
using k8s.Autorest;
using PatchOperator.Sdk.Timing;

namespace k8s.LeaderElection;

/// <summary>
/// Competes for leadership. Clocks of different machines are never compared: a lease has run out when its record did not change for
/// its duration by our own clock. A leader that cannot renew stops leading before others may start.
/// </summary>
public class LeaderElector : IDisposable
{
    /// <summary>An empty holder with the shortest duration: whoever asks next may lead.</summary>
    private const int ReleasedDurationSeconds = 1;

    /// <summary>How long a clean stop may take to give up the lease.</summary>
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(5);

    private readonly LeaderElectionConfig config;
    private readonly TimeProvider time;
    private volatile bool leading;
    private volatile string leader;
    private LeaderElectionRecord observed;
    private long observedAt;
    private long renewed;

    /// <summary>Competes when told to run.</summary>
    public LeaderElector(LeaderElectionConfig config)
        : this(config, TimeProvider.System)
    {
    }

    internal LeaderElector(LeaderElectionConfig config, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(config);
        this.config = config;
        this.time = time;
    }

    /// <summary>We lead. Handlers must return quickly.</summary>
    public event Action OnStartedLeading;

    /// <summary>We do not lead any more. Handlers must return quickly.</summary>
    public event Action OnStoppedLeading;

    /// <summary>Someone else, or we, came to lead.</summary>
    public event Action<string> OnNewLeader;

    /// <summary>A try failed; there will be others.</summary>
    public event Action<Exception> OnError;

    /// <summary>Whether we lead at this moment; not if this process slept through its own lease.</summary>
    public bool IsLeader() => leading && time.GetElapsedTime(Interlocked.Read(ref renewed)) < config.LeaseDuration;

    /// <summary>Who leads, as far as we know; null if we know of no one.</summary>
    public string GetLeader() => leader;

    /// <summary>Waits for leadership, holds it, and returns when it is lost; throws when cancelled, having released the lease.</summary>
    public async Task RunUntilLeadershipLostAsync(CancellationToken cancellationToken = default)
    {
        await AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            leading = true;
            Raise(OnStartedLeading);
            await HoldAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            leading = false;
            Raise(OnStoppedLeading);
            if (cancellationToken.IsCancellationRequested)
                await ReleaseAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>As <see cref="RunUntilLeadershipLostAsync"/>, over and over until cancelled.</summary>
    public async Task RunAndTryToHoldLeadershipForeverAsync(CancellationToken cancellationToken = default)
    {
        while (!cancellationToken.IsCancellationRequested)
            await RunUntilLeadershipLostAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Nothing to free.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Tells everyone, even if one of them fails: above all that leadership is lost.</summary>
    private void Raise(Action handlers)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler();
            }
            catch (Exception e)
            {
                OnError?.Invoke(e);
            }
        }
    }

    private async Task AcquireAsync(CancellationToken cancellationToken)
    {
        while (!await TryOnceAsync(config.RenewDeadline, cancellationToken).ConfigureAwait(false))
            await Task.Delay(Jitter.Around(config.RetryPeriod), time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renews until that fails for the whole deadline, or until someone else is seen to lead.</summary>
    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await DelayAsync(config.RetryPeriod, cancellationToken).ConfigureAwait(false);
            var left = config.RenewDeadline - time.GetElapsedTime(Interlocked.Read(ref renewed));
            if (left <= TimeSpan.Zero)
                return;
            if (!await TryOnceAsync(left, cancellationToken).ConfigureAwait(false) && leader is { } other && other != config.Lock.Identity)
                return;
        }
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The loop looks at the token itself.
        }
    }

    /// <summary>One try to get or to renew the lease; a failure is reported and is a no.</summary>
    private async Task<bool> TryOnceAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var started = time.GetTimestamp(); // the lease counts from before the request, not from its answer
        try
        {
            if (!await TryAcquireOrRenewAsync(either.Token).ConfigureAwait(false))
                return false;

            Interlocked.Exchange(ref renewed, started);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            OnError?.Invoke(e);
            return false;
        }
        catch (OperationCanceledException) when (leading)
        {
            return false; // stopping: the caller looks at the token and releases the lease
        }
    }

    private async Task<bool> TryAcquireOrRenewAsync(CancellationToken cancellationToken)
    {
        var current = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (current is null)
            return await WriteAsync(config.Lock.CreateAsync, Record(transitions: 0, since: null), cancellationToken).ConfigureAwait(false);

        Observe(current);
        var ours = current.HolderIdentity == config.Lock.Identity;
        if (!ours && !string.IsNullOrEmpty(current.HolderIdentity) && !HasRunOut(current))
            return false;

        var wanted = ours
            ? Record(current.LeaderTransitions, current.AcquireTime)
            : Record(current.LeaderTransitions + 1, since: null);
        return await WriteAsync(config.Lock.UpdateAsync, wanted, cancellationToken).ConfigureAwait(false);
    }

    private async Task<LeaderElectionRecord> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await config.Lock.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpOperationException e) when (e.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<bool> WriteAsync(
        Func<LeaderElectionRecord, CancellationToken, Task<bool>> write, LeaderElectionRecord record, CancellationToken cancellationToken)
    {
        if (!await write(record, cancellationToken).ConfigureAwait(false))
            return false;

        Observe(record);
        return true;
    }

    private LeaderElectionRecord Record(int transitions, DateTime? since)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new LeaderElectionRecord
        {
            HolderIdentity = config.Lock.Identity,
            LeaseDurationSeconds = (int)Math.Ceiling(config.LeaseDuration.TotalSeconds),
            AcquireTime = since ?? now,
            RenewTime = now,
            LeaderTransitions = transitions,
        };
    }

    private bool HasRunOut(LeaderElectionRecord record) =>
        time.GetElapsedTime(observedAt) > TimeSpan.FromSeconds(record.LeaseDurationSeconds);

    private void Observe(LeaderElectionRecord record)
    {
        if (observed is null || observed.HolderIdentity != record.HolderIdentity || observed.RenewTime != record.RenewTime)
            (observed, observedAt) = (record, time.GetTimestamp());
        var holder = string.IsNullOrEmpty(record.HolderIdentity) ? null : record.HolderIdentity;
        if (leader == holder)
            return;

        leader = holder;
        if (holder is not null)
            OnNewLeader?.Invoke(holder);
    }

    /// <summary>Best effort: if it fails, the lease runs out by itself.</summary>
    private async Task ReleaseAsync()
    {
        using var timer = new CancellationTokenSource(ReleaseTimeout, time);
        try
        {
            var current = await config.Lock.GetAsync(timer.Token).ConfigureAwait(false);
            if (current.HolderIdentity != config.Lock.Identity)
                return;

            var released = Record(current.LeaderTransitions, current.AcquireTime);
            released.HolderIdentity = string.Empty;
            released.LeaseDurationSeconds = ReleasedDurationSeconds;
            await config.Lock.UpdateAsync(released, timer.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            OnError?.Invoke(e);
        }
    }
}
