using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(RolloutCollection.Name)]
public sealed class QuarantineTests(RolloutCluster cluster) : IAsyncLifetime
{
    private const string Name = "quarantine";
    private const string Taint = "patchoperator.io/unpatched";
    private static readonly TimeProvider Clock = TimeProvider.System;

    private string node = "";

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public async Task InitializeAsync() => await cluster.CleanAsync(node = await cluster.CheapestUnpatchedAsync());

    // A taint that a story left behind would keep the workloads of others away.
    public async Task DisposeAsync() => await Kubectl.TryAsync(["taint", "nodes", "--all", $"{Taint}-"]);

    [Fact]
    public async Task A_node_whose_disk_goes_back_is_tainted_caught_up_outside_the_window_and_freed()
    {
        await Kubectl.ApplyAsync(PatchWindow.Open, Policy.APolicy(Name).On(node).InPlace().CaughtUpAtOnce());
        await Eventually.TrueAsync($"{node} is patched", async () => (await cluster.SucceededAsync()).Contains(node) && await IsOverAsync("Window"));
        await Kubectl.ApplyAsync(PatchWindow.Closed(Clock.GetUtcNow()));

        await cluster.Machines.ResetAsync(node);
        await Eventually.TrueAsync($"{node} is in quarantine", IsInQuarantineAsync);
        Assert.Equal("1", (await Kubectl.GetAsync("patchpolicy", Name)).Text("status.nodes.matched"));

        await Eventually.TrueAsync($"{node} is caught up and freed", async () => await IsOverAsync("CatchUp") && await TaintAsync() is null);
        Assert.False(await cluster.Machines.IsUnpatchedAsync(node));
        var patch = await Kubectl.GetAsync("nodepatch", node);
        Assert.Equal(("Compliant", ""), (patch.Text("status.compliance.state"), patch.Text("status.quarantine.reason")));
        var run = Assert.Single(await Kubectl.ListAsync("patchruns"), run => run.Text("spec.trigger") == "CatchUp");
        Assert.Null(run.At("spec.window"));
    }

    [Fact]
    public async Task A_taint_that_a_node_was_born_with_goes_once_the_node_was_scanned_and_found_patched()
    {
        await Kubectl.RunAsync("taint", "nodes", node, $"{Taint}=:NoSchedule");
        await Kubectl.ApplyAsync(PatchWindow.Closed(Clock.GetUtcNow()), Policy.APolicy(Name).On(node).InPlace());
        await Eventually.TrueAsync(
            $"{node} is in quarantine", async () => (await Kubectl.ListAsync("nodepatches")).Any(patch => patch.Text("status.quarantine.reason") == "NodeTainted"));
        Assert.NotNull(await TaintAsync());

        await Kubectl.ApplyAsync(PatchWindow.Open);
        await Eventually.TrueAsync($"{node} is patched and freed", async () => (await cluster.SucceededAsync()).Contains(node) && await TaintAsync() is null);
    }

    private async Task<bool> IsInQuarantineAsync() =>
        (await TaintAsync())?.Text("value") == Name
        && (await Kubectl.GetAsync("nodepatch", node)).Text("status.compliance.state") is "Quarantined";

    private async Task<JsonNode?> TaintAsync() => (await Kubectl.GetAsync("node", node)).Items("spec.taints").FirstOrDefault(taint => taint.Text("key") == Taint);

    private async Task<bool> IsOverAsync(string trigger) =>
        (await Kubectl.ListAsync("patchruns")).Any(run => run.Text("spec.trigger") == trigger && run.Text("status.phase") == "Succeeded");
}
