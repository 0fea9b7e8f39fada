using System.Diagnostics;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>Waits for a condition; when it does not come true in time, says how the cluster looks.</summary>
internal sealed class Waiting(Diagnosis diagnosis)
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(240);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    public async Task TrueAsync(string what, Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (within ?? Soon))
                Assert.Fail($"not in time: {what}\n\n{await diagnosis.DescribeAsync()}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    public Task TrueAsync(string what, Func<bool> condition, TimeSpan? within = null) => TrueAsync(what, () => Task.FromResult(condition()), within);

    /// <summary>Runs an assertion; when it fails, says how the cluster looks.</summary>
    public async Task HoldsAsync(Func<Task> assertion)
    {
        try
        {
            await assertion();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{failure.Message}\n\n{await diagnosis.DescribeAsync()}", failure);
        }
    }
}
