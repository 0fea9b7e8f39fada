using System.Diagnostics;

namespace PatchOperator.Testing;

/// <summary>Waits for a condition, and fails by name when it does not come true in time.</summary>
public static class Eventually
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>Longer than anything here takes to notice that a peer is gone.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, within);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (within ?? Soon))
                throw new TimeoutException($"not in time: {what}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>The result of a task that must end in time.</summary>
    public static Task<T> ResultAsync<T>(Task<T> task, TimeSpan? within = null) => task.WaitAsync(within ?? Soon);
}
