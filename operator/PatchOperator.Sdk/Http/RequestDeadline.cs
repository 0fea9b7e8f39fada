using System.Diagnostics.CodeAnalysis;

namespace PatchOperator.Sdk.Http;

/// <summary>The time one request has, whatever number of attempts it takes, and the caller's own wish to stop.</summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly CancellationToken caller;
    private readonly TimeSpan timeout;
    private readonly TimeProvider time;
    private readonly long started;
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource either;

    internal RequestDeadline(TimeSpan timeout, TimeProvider time, CancellationToken caller)
    {
        this.timeout = timeout;
        this.time = time;
        this.caller = caller;
        started = time.GetTimestamp();
        timer = new CancellationTokenSource(timeout, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(caller, timer.Token);
    }

    /// <summary>Cancelled at the deadline, or when the caller stops.</summary>
    internal CancellationToken Token => either.Token;

    /// <summary>Whether there is still this much time.</summary>
    internal bool Allows(TimeSpan delay) => timeout == Timeout.InfiniteTimeSpan || time.GetElapsedTime(started) + delay < timeout;

    /// <summary>Whether it was the deadline, and not the caller, that ended a request; then as which exception.</summary>
    internal bool Explains(Exception e, [NotNullWhen(true)] out Exception? explanation)
    {
        explanation = e is OperationCanceledException && timer.IsCancellationRequested && !caller.IsCancellationRequested
            ? new TaskCanceledException($"the API server did not answer within {timeout.TotalSeconds:0.#} s", new TimeoutException(e.Message, e))
            : null;
        return explanation is not null;
    }

    public void Dispose()
    {
        either.Dispose();
        timer.Dispose();
    }
}
