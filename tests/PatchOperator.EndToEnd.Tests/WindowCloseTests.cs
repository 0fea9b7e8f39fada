using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class WindowCloseTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync(ClusterFixture.Nodes, StoryUpdates.Slow);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_window_that_closes_in_mid_run_lets_turns_end_and_the_run_goes_on_in_the_next_opening()
    {
        await Kubectl.ApplyAsync(PatchWindow.Closed(Clock.GetUtcNow()), Policy.APolicy("closes").Of(StoryUpdates.Slow).InPlace().MaxUnavailable(2));
        await Eventually.TrueAsync("all nodes are scanned", async () => (await Kubectl.GetAsync("patchpolicy", "closes")).Text("status.nodes.nonCompliant") == "3");
        var opensAt = PatchWindow.NextMinute(Clock.GetUtcNow());
        var opensAgainAt = opensAt.AddMinutes(3);
        await Kubectl.ApplyAsync(PatchWindow.OpensBriefly(opensAt, opensAgainAt));

        await Eventually.TrueAsync("the window has closed, and one node is left", async () => (await RunAsync()).Text("status.phase") == "WaitingForWindow", TimeSpan.FromMinutes(8));
        Assert.Equal(2, (await cluster.SucceededAsync()).Count);
        var first = await RunAsync();
        Assert.StartsWith("1 nodes wait for the next window", first.Text("status.message"), StringComparison.Ordinal);
        Assert.True(Clock.GetUtcNow() < opensAgainAt, "two nodes took until the next opening");

        await Eventually.TrueAsync("the run goes on and ends", async () => (await RunAsync()).Text("status.phase") == "Succeeded", TimeSpan.FromMinutes(5));
        var last = await RunAsync();
        Assert.Equal((first.Name(), "3"), (last.Name(), last.Text("status.progress.succeeded")));
    }

    private async Task<JsonNode> RunAsync() => await Kubectl.ListAsync("patchruns") is [var run] ? run : new JsonObject();
}
