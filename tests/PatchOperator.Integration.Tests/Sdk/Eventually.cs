using System.Diagnostics;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>Waits for a condition, and fails by name when it does not come true in time.</summary>
internal static class Eventually
{
    internal static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>Longer than anything here takes to notice that a peer is gone.</summary>
    internal static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    internal static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, within);

    internal static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (within ?? Soon))
                Assert.Fail($"not in time: {what}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>The result of a task that must end in time.</summary>
    internal static Task<T> ResultAsync<T>(Task<T> task, TimeSpan? within = null) => task.WaitAsync(within ?? Soon);
}
