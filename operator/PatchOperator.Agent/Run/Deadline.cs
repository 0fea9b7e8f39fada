namespace PatchOperator.Agent.Run;

/// <summary>How long a step may still take. Tells "time is up" from "told to stop", which <see cref="Token"/> does not.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider time;
    private readonly CancellationToken stop;
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource either;
    private readonly DateTimeOffset end;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken stop)
    {
        this.time = time;
        this.stop = stop;
        end = time.GetUtcNow() + limit;
        timer = new CancellationTokenSource(limit, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(stop, timer.Token);
    }

    public CancellationToken Token => either.Token;

    /// <summary>The time is up, and nobody told the agent to stop.</summary>
    public bool Expired => timer.IsCancellationRequested && !stop.IsCancellationRequested;

    public bool Stopped => stop.IsCancellationRequested;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>How long the host has been up, not counting the time it was suspended.</summary>
    public TimeSpan Uptime => time.GetElapsedTime(startingTimestamp: 0);

    /// <summary>Never negative.</summary>
    public TimeSpan Remaining => end - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <exception cref="OperationCanceledException">The time is up, or the agent was told to stop.</exception>
    public Task PauseAsync(TimeSpan length) => Task.Delay(length, time, Token);

    /// <summary>Time of its own for finding out what has happened, after the step's has run out.</summary>
    public Deadline Grace(TimeSpan limit) => new(limit, time, stop);

    public void Dispose()
    {
        either.Dispose();
        timer.Dispose();
    }
}
