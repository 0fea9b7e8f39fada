using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(RolloutCollection.Name)]
public sealed class HaltTests(RolloutCluster cluster) : IAsyncLifetime
{
    private string? broken;

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync([.. ClusterFixture.Nodes]);

    public Task DisposeAsync() => broken is null ? Task.CompletedTask : MendRepositoryAsync(broken);

    /// <summary>Three things that go wrong, in one rollout of three nodes, one at a time and in the order of the run.</summary>
    [Fact]
    public async Task A_node_that_vanishes_is_passed_over_and_one_that_fails_or_stays_away_halts_the_run_and_leaves_the_others_untouched()
    {
        var order = await StartAsync();
        var (vanishing, failing, staying) = (order[0], order[1], order[2]);

        await DeleteInFlightAsync(vanishing);
        await BreakRepositoryAsync(failing);
        await AssertHaltsAtPatchAsync(failing, untouched: staying);

        await MendRepositoryAsync(failing);
        await cluster.Machines.ForbidRestartAsync(staying);
        await ResumeAsync();
        await AssertHaltsAtRebootAsync(staying, untouched: failing);

        await cluster.Machines.RestartAsync(staying);
        await AssertIsGivenBackAsync(staying);
    }

    private async Task<IReadOnlyList<string>> StartAsync()
    {
        await Kubectl.ApplyAsync(PatchWindow.Open, Policy.APolicy("halts").RebootWithin("45s"));
        await Eventually.TrueAsync("a run has started", async () => (await Kubectl.ListAsync("patchruns")).Count == 1);
        var plan = await Kubectl.GetAsync("patchplan", (await RunAsync()).Text("spec.plan.name"));
        // The operator's own node comes last, and the operator stays on it until then.
        var own = (await Kubectl.ListAsync("pods", "--namespace=patch-operator-system"))[0].Text("spec.nodeName");
        return [.. plan.Items("spec.nodes").Select(node => node.Text("name")).OrderBy(node => node == own)];
    }

    private async Task DeleteInFlightAsync(string node)
    {
        await Eventually.TrueAsync($"{node} is being patched", () => IsInPhaseAsync(node, "Patching"));
        await cluster.Machines.DeleteAsync(node);
        await Kubectl.RunAsync("delete", "node", node);
    }

    // Refused at once, where a mirror that does not answer would take apt's time-outs.
    private Task<string> BreakRepositoryAsync(string node)
    {
        broken = node;
        return cluster.Machines.ShellAsync(node, "sed -i.intact 's|http://[^/]*/|http://127.0.0.1:9/|' /etc/apt/sources.list");
    }

    private Task<string> MendRepositoryAsync(string node)
    {
        broken = null;
        return cluster.Machines.ShellAsync(node, "mv /etc/apt/sources.list.intact /etc/apt/sources.list");
    }

    private async Task AssertHaltsAtPatchAsync(string node, string untouched)
    {
        var bootIds = await cluster.BootIdsAsync();
        await Eventually.TrueAsync($"the run halts at {node}", () => HasHaltedAtAsync(node, "Patch", "RepositoryUnavailable"));
        await Eventually.TrueAsync("nothing is cordoned", async () => (await Kubectl.ListAsync("nodes")).All(other => !other.IsCordoned()));
        Assert.Equal(bootIds, await cluster.BootIdsAsync());
        Assert.True(await cluster.Machines.IsUnpatchedAsync(node));
        await AssertUntouchedAsync(untouched);
        await Eventually.TrueAsync("the policy has stalled", async () => (await Kubectl.GetAsync("patchpolicy", "halts")).Is("Stalled"));
        var attention = (await Kubectl.GetAsync("patchpolicy", "halts")).Items("status.attention").Select(item => item.Text("node"));
        Assert.Contains(node, attention);
    }

    private async Task ResumeAsync() => await Kubectl.RunAsync("annotate", "patchrun", (await RunAsync()).Name(), "patchoperator.io/resume=true");

    private async Task AssertHaltsAtRebootAsync(string node, string untouched)
    {
        var bootId = await cluster.BootIdAsync(untouched);
        await Eventually.TrueAsync($"the run halts at {node}", () => HasHaltedAtAsync(node, "Reboot", "RebootTimedOut"), TimeSpan.FromMinutes(8));
        var lost = await Kubectl.GetAsync("node", node);
        Assert.True(lost.IsCordoned());
        Assert.False(lost.IsReady());
        Assert.False((await Kubectl.GetAsync("node", untouched)).IsCordoned());
        Assert.Equal(bootId, await cluster.BootIdAsync(untouched));
    }

    private async Task AssertIsGivenBackAsync(string node) => await Eventually.TrueAsync($"{node} is Ready, uncordoned and unmarked", async () =>
    {
        var current = await Kubectl.GetAsync("node", node);
        return !current.IsUnavailable() && !current.Marks().Any();
    });

    private async Task AssertUntouchedAsync(string node)
    {
        var patch = await Kubectl.GetAsync("nodepatch", node);
        Assert.Equal("NonCompliant", patch.Text("status.compliance.state"));
        Assert.Empty(patch.Text("spec.operation"));
        Assert.Empty(patch.Text("status.lastOperation"));
        Assert.True(await cluster.Machines.IsUnpatchedAsync(node));
    }

    private async Task<bool> HasHaltedAtAsync(string node, string step, string reason)
    {
        var run = await RunAsync();
        return run.Text("status.phase") == "Halted"
            && run.Items("status.failures").Any(failure => (failure.Text("node"), failure.Text("step"), failure.Text("reason")) == (node, step, reason));
    }

    private async Task<bool> IsInPhaseAsync(string node, string phase) => (await Kubectl.GetAsync("nodepatch", node)).Text("status.phase") == phase;

    private async Task<JsonNode> RunAsync() => Assert.Single(await Kubectl.ListAsync("patchruns"));
}
