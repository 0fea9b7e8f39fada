using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class BlockedTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private const string InNamespace = "--namespace=" + Workload.Namespace;
    private static readonly Workload Held = Workload.AWorkload("held");

    private readonly string node = ClusterFixture.Nodes[0];

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync([node], StoryUpdates.Well);

    public async Task DisposeAsync()
    {
        await Kubectl.RunAsync("delete", "patchwindow", PatchWindow.Frozen, "--ignore-not-found");
        await Kubectl.RunAsync("delete", "namespace", Workload.Namespace, "--wait=false");
    }

    [Fact]
    public async Task Nothing_begins_in_a_freeze_nor_on_a_node_that_cannot_be_drained_which_is_named_and_never_cordoned()
    {
        await cluster.ApplyRunningAsync(Held.On(node));
        await Kubectl.ApplyAsync(PatchWindow.Freeze, PatchWindow.Open, Policy.APolicy("blocked").Of(StoryUpdates.Well).On(node));
        await Eventually.TrueAsync(
            "the policy is frozen", async () => (await Kubectl.GetAsync("patchpolicy", "blocked")).Condition("Reconciling").Text("reason") == "Frozen");
        Assert.Empty(await Kubectl.ListAsync("patchruns"));

        await Kubectl.RunAsync("delete", "patchwindow", PatchWindow.Frozen);
        await Eventually.TrueAsync("the node is passed over", async () => (await RunAsync()).Items("status.blocked").Count == 1);
        var run = await RunAsync();
        var blocked = Assert.Single(run.Items("status.blocked"));
        Assert.Equal((node, "stories/held"), (blocked.Text("node"), blocked.Text("budget")));
        Assert.StartsWith($"1 nodes cannot be drained now, and are asked again every 60 s: {node} (pod stories/held-", run.Text("status.message"), StringComparison.Ordinal);
        Assert.False((await Kubectl.GetAsync("node", node)).IsCordoned());
        Assert.Empty((await Kubectl.GetAsync("nodepatch", node)).Text("spec.operation"));

        await Kubectl.RunAsync("delete", "poddisruptionbudget", "held", InNamespace);
        await Eventually.TrueAsync("the node is patched", async () => (await RunAsync()).Text("status.phase") == "Succeeded", TimeSpan.FromMinutes(8));
        Assert.False((await Kubectl.GetAsync("node", node)).IsCordoned());
    }

    private async Task<JsonNode> RunAsync() => await Kubectl.ListAsync("patchruns") is [var run, ..] ? run : new JsonObject();
}
