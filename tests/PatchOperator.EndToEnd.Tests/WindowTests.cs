using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class WindowTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private const string Jobs = "--namespace=" + ClusterFixture.JobNamespace;
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly string node = ClusterFixture.Nodes[0];

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync([node], StoryUpdates.Well);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Nothing_is_touched_before_the_window_opens_and_a_policy_that_is_deleted_in_mid_run_gives_its_nodes_back()
    {
        await Kubectl.ApplyAsync(PatchWindow.Closed(Clock.GetUtcNow()), Policy.APolicy("windows").Of(StoryUpdates.Well).On(node));
        await Eventually.TrueAsync($"{node} is reported as not compliant", () => IsReportedAsync(node));
        await AssertUntouchedAsync();

        var opensAt = PatchWindow.NextMinute(Clock.GetUtcNow());
        await Kubectl.ApplyAsync(PatchWindow.OpensAt(opensAt));
        await Eventually.TrueAsync(
            "a node is being patched", async () => (await Kubectl.ListAsync("nodepatches")).Any(patch => patch.Text("status.phase") == "Patching"));
        var run = Assert.Single(await Kubectl.ListAsync("patchruns"));
        Assert.Equal(opensAt, DateTimeOffset.Parse(run.Text("spec.windowOpenedAt"), System.Globalization.CultureInfo.InvariantCulture));

        await Kubectl.RunAsync("delete", "patchpolicy", "windows", "--wait=false");
        await Eventually.TrueAsync("no trace is left", IsRestoredAsync);
    }

    private async Task<bool> IsReportedAsync(string name)
    {
        var policy = await Kubectl.GetAsync("patchpolicy", "windows");
        return policy.Text("status.nodes.unknown") == "0"
            && policy.Condition("Compliant").Text("status") == "False"
            && (await Kubectl.GetAsync("nodepatch", name)).Text("status.compliance.state") == "NonCompliant";
    }

    private async Task AssertUntouchedAsync()
    {
        Assert.Empty(await Kubectl.ListAsync("patchruns"));
        Assert.All(await Kubectl.ListAsync("jobs", Jobs), job => Assert.Equal("scan", job.At("metadata.labels")?["patchoperator.io/step"]?.ToString()));
        Assert.All(await Kubectl.ListAsync("nodes"), other => Assert.False(other.IsCordoned()));
        Assert.False(await StoryUpdates.IsInstalledAsync(cluster.Machines, node, StoryUpdates.Well));
    }

    private async Task<bool> IsRestoredAsync() =>
        (await Kubectl.ListAsync("patchpolicies,patchruns,nodepatches")).Count == 0
        && (await Kubectl.ListAsync("jobs", Jobs)).Count == 0
        && (await Kubectl.ListAsync("nodes")).All(other => !other.IsCordoned() && !other.Marks().Any());
}
