using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class RuntimeTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private const string Node = "node-1";
    private const string Started = "systemctl show --value --property=ExecMainStartTimestampMonotonic containerd kubelet";

    public Task InitializeAsync() => cluster.CleanAsync([Node], StoryUpdates.Runtime);

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>What runs the Job is itself what is upgraded, while the package manager works.</summary>
    [Fact]
    public async Task An_update_that_restarts_the_container_runtime_the_kubelet_and_systemd_itself_ends_well()
    {
        var before = await cluster.Machines.ShellAsync(Node, Started);

        await cluster.Kubectl.ApplyAsync(PatchWindow.Open, Policy.APolicy("runtime").On(Node).Of(StoryUpdates.Runtime).InPlace());
        await cluster.Eventually.TrueAsync(
            "the run has ended",
            async () => (await cluster.Kubectl.ListAsync("patchruns")).SingleOrDefault()?.Text("status.phase") is "Succeeded" or "Failed" or "Halted",
            TimeSpan.FromMinutes(6));

        var turn = Assert.Single(await cluster.Kubectl.ListAsync("nodepatches"), patch => patch.Text("status.lastOperation.result") != "");
        Assert.Equal("Succeeded", turn.Text("status.lastOperation.result"));
        Assert.True(await StoryUpdates.IsInstalledAsync(cluster.Machines, Node, StoryUpdates.Runtime));
        var after = await cluster.Machines.ShellAsync(Node, Started);
        Assert.All(before.Split('\n', StringSplitOptions.RemoveEmptyEntries), time => Assert.DoesNotContain(time, after, StringComparison.Ordinal));
    }
}
