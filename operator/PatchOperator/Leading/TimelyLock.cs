using System.Net;
using k8s.Autorest;
using k8s.LeaderElection;

namespace PatchOperator.Leading;

/// <summary>
/// A lock whose answers are never late. The client's elector goes on with an attempt that it has given up, counts a lease from the answer
/// to its request, and ends a term at the first connection that breaks: with a slow server a leader would work on beyond the moment at
/// which another may start. Each request has so little time that even the last good one, the pause and the deadline end before the lease
/// does; one that is too slow, or fails, is a "no" that the elector asks again.
/// </summary>
/// <param name="inner">The lock that is asked.</param>
/// <param name="patience">How long one request may take: less than lease duration - renew deadline - retry period.</param>
/// <param name="term">Is told of each renewal.</param>
/// <param name="time">The clock.</param>
internal sealed class TimelyLock(ILock inner, TimeSpan patience, LeaseTerm term, TimeProvider time) : ILock
{
    // The shortest: nobody holds it.
    private const int ReleasedDurationSeconds = 1;

    // Whether our last write was taken.
    private volatile bool held;

    public string Identity => inner.Identity;

    public string Describe() => inner.Describe();

    /// <exception cref="LeaseTakenException">It was ours, and is somebody else's now: there is nothing to try again.</exception>
    public async Task<LeaderElectionRecord> GetAsync(CancellationToken cancellationToken = default)
    {
        var record = await InTimeAsync(inner.GetAsync, cancellationToken);
        if (held && record.HolderIdentity is { Length: > 0 } holder && holder != Identity)
        {
            held = false;
            term.End();
            throw new LeaseTakenException($"lease {Describe()} was taken by {holder}");
        }

        return record;
    }

    public async Task<bool> CreateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default) =>
        await WriteAsync(token => inner.CreateAsync(InMicroseconds(record), token), cancellationToken);

    public async Task<bool> UpdateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default) =>
        await WriteAsync(token => inner.UpdateAsync(InMicroseconds(record), token), cancellationToken);

    /// <summary>Lets whoever asks next lead, if we hold it; false if that could not be written.</summary>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken) =>
        // A renewal that was given up when the term ended may have come between; nothing of ours comes after that.
        await TryReleaseAsync(cancellationToken) || (!cancellationToken.IsCancellationRequested && await TryReleaseAsync(cancellationToken));

    private async Task<bool> TryReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            var record = await InTimeAsync(inner.GetAsync, cancellationToken);
            held = false;
            term.End();
            if (record.HolderIdentity != Identity)
                return true;
            (record.HolderIdentity, record.LeaseDurationSeconds, record.RenewTime) = ("", ReleasedDurationSeconds, time.GetUtcNow().UtcDateTime);
            return await InTimeAsync(token => inner.UpdateAsync(InMicroseconds(record), token), cancellationToken);
        }
        catch (Exception e) when (e is HttpOperationException or OperationCanceledException)
        {
            return e is HttpOperationException { Response.StatusCode: HttpStatusCode.NotFound };
        }
    }

    private async Task<bool> WriteAsync(Func<CancellationToken, Task<bool>> write, CancellationToken cancellationToken)
    {
        var sent = time.GetTimestamp();
        try
        {
            held = await InTimeAsync(write, cancellationToken);
            if (held)
                term.Renew(sent);
            return held;
        }
        catch (HttpOperationException)
        {
            return false;
        }
    }

    // The elector asks again after an HttpOperationException alone: whatever else goes wrong with a request becomes one.
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception e) when (e is not HttpOperationException && !cancellationToken.IsCancellationRequested)
        {
            using var none = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            throw new HttpOperationException(
                $"lease {Describe()}: no answer that can be used within {patience.TotalSeconds:0.#} s: {e.Message}", e)
            {
                Response = new HttpResponseMessageWrapper(none, ""),
            };
        }
    }

    // The API server takes a time of a lease with a fraction of a second only, and the client leaves out a fraction of nothing.
    private static LeaderElectionRecord InMicroseconds(LeaderElectionRecord record)
    {
        record.AcquireTime = WithFraction(record.AcquireTime);
        record.RenewTime = WithFraction(record.RenewTime);
        return record;
    }

    private static DateTime? WithFraction(DateTime? at) => at is { } time && time.Ticks % TimeSpan.TicksPerSecond == 0 ? time.AddTicks(1) : at;
}
