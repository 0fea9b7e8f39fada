using Microsoft.Extensions.Logging.Abstractions;
using PatchOperator.Caches;

namespace PatchOperator.Integration.Tests.Operator;

[Collection(OperatorCollection.Name)]
public class ClusterCacheTests(OperatorFixture cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A new leader's reconciles may come before its first lists have begun: one that waited for ever would never be made again.</summary>
    [Fact]
    public async Task Whoever_waits_before_the_first_list_is_begun_is_served_by_it()
    {
        var cache = Cache();
        var early = cache.Synced;
        using var term = new CancellationTokenSource();
        var running = cache.RunAsync(term.Token);

        await early.WaitAsync(Patience, TimeProvider.System);
        await term.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Whoever_waits_between_two_terms_is_served_by_the_second()
    {
        var cache = Cache();
        using (var first = new CancellationTokenSource())
        {
            var ended = cache.RunAsync(first.Token);
            await cache.Synced.WaitAsync(Patience, TimeProvider.System);
            await first.CancelAsync();
            await ended;
        }

        var between = cache.Synced;
        Assert.False(between.IsCompleted);
        using var second = new CancellationTokenSource();
        var running = cache.RunAsync(second.Token);
        await between.WaitAsync(Patience, TimeProvider.System);
        await second.CancelAsync();
        await running;
    }

    private ClusterCache Cache() => new(
        cluster.Client,
        new OperatorOptions { JobNamespace = cluster.Namespace, AgentImage = "patch-operator:test", ToolsImage = "patch-operator-tools:test" },
        TimeProvider.System,
        NullLogger<ClusterCache>.Instance);
}
