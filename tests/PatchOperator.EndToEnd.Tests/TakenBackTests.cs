using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class TakenBackTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private const string Name = "regretted";

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync(ClusterFixture.Nodes, StoryUpdates.Well);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_a_run_has_installed_is_taken_back_on_the_nodes_that_a_person_names_once_the_policy_is_suspended()
    {
        await Kubectl.ApplyAsync(PatchWindow.Open, Policy.APolicy(Name).Of(StoryUpdates.Well).InPlace().MaxUnavailable(3).RollingBack());
        await Eventually.TrueAsync("all nodes are patched", async () => (await Kubectl.GetAsync("patchpolicy", Name)).Is("Compliant"));
        var run = Assert.Single((await Kubectl.ListAsync("nodepatches")).Select(patch => patch.Text("status.lastOperation.run")).Distinct());

        await Kubectl.CreateRunAsync(
            "back",
            new { Policy = new { Name }, Trigger = "Rollback", Rollback = new { Run = run, Reason = "it does not work", Nodes = new[] { "node-1", "node-2" } } });
        await Eventually.TrueAsync("it waits for the policy", async () => (await BackAsync()).Text("status.message").StartsWith("set spec.suspend", StringComparison.Ordinal));
        await Kubectl.RunAsync("patch", "patchpolicy", Name, "--type=merge", "--patch", """{"spec":{"suspend":true}}""");
        await Eventually.TrueAsync("it is over", async () => (await BackAsync()).Text("status.phase") == "Succeeded");

        Assert.Equal($"2 nodes are as before run {run}", (await BackAsync()).Text("status.message"));
        foreach (var node in ClusterFixture.Nodes)
            Assert.Equal(node == "node-3", await StoryUpdates.IsInstalledAsync(cluster.Machines, node, StoryUpdates.Well));
        var turn = (await Kubectl.GetAsync("nodepatch", "node-1")).At("status.lastOperation");
        Assert.Equal(("back", "Succeeded", StoryUpdates.Well), (turn.Text("run"), turn.Text("result"), Assert.Single(turn.Items("changed")).Text("name")));
        Assert.All(await Kubectl.ListAsync("nodes"), node => Assert.False(node.IsCordoned()));
        Assert.Equal("NonCompliant", (await Kubectl.GetAsync("nodepatch", "node-2")).Text("status.compliance.state"));
    }

    private Task<JsonNode> BackAsync() => Kubectl.GetAsync("patchrun", "back");
}
