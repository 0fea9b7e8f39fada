using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class MixedTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private const string Name = "mixed";
    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly IReadOnlyDictionary<string, RpmSystem> Joining = new Dictionary<string, RpmSystem> { ["node-4"] = RpmSystem.Alma, ["node-5"] = RpmSystem.Suse };
    private static readonly Policy Mixed = Policy.APolicy(Name).Of("story-*", RpmNode.Firmware).ForSecurity().DrainingForReboots().MaxUnavailable(5);

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync(ClusterFixture.Nodes, StoryUpdates.Well);

    // The other stories have three nodes.
    public async Task DisposeAsync()
    {
        await Kubectl.RunAsync("delete", "patchpolicies", "--all", "--timeout=180s");
        foreach (var node in Joining.Keys)
        {
            await cluster.Machines.DeleteAsync(node);
            await Kubectl.RunAsync("delete", "node", node);
        }
    }

    [Fact]
    public async Task Nodes_of_apt_dnf_and_zypper_get_what_is_security_on_each_in_one_run_of_one_policy()
    {
        await cluster.Machines.UpAsync(ClusterFixture.Nodes.Count + Joining.Count);
        await Task.WhenAll(Joining.Select(node => RpmNode.MakeAsync(cluster.Machines, node.Key, node.Value)));
        var bootIds = await cluster.BootIdsAsync();

        await Kubectl.ApplyAsync(PatchWindow.Closed(Clock.GetUtcNow()), Mixed);
        await Eventually.TrueAsync("all nodes are scanned", async () => (await PolicyAsync()).Text("status.nodes.nonCompliant") == "5");
        await AssertScannedAsync();
        // What stories before this one have upgraded may want one.
        var due = (await Kubectl.ListAsync("nodepatches")).Where(patch => patch.Text("status.rebootRequired.status") == "True").Select(patch => patch.Name());
        var awaited = Joining.Keys.Union(due).Order().ToList();

        await Kubectl.ApplyAsync(PatchWindow.Open);
        await Eventually.TrueAsync("all nodes are compliant", async () => (await PolicyAsync()).Is("Compliant"), TimeSpan.FromMinutes(5));
        await Eventually.TrueAsync("the run is over", async () => (await RunAsync()).Text("status.phase") == "Succeeded");
        Assert.Equal(("5/5", "5"), ((await PolicyAsync()).Text("status.nodes.summary"), (await RunAsync()).Text("status.progress.succeeded")));
        await AssertPlanAsync();
        await AssertInstalledAsync();
        await AssertRecordedAsync();

        var rebooted = (await cluster.BootIdsAsync()).Where(node => node.Value != bootIds[node.Key]).Select(node => node.Key);
        Assert.Equal(awaited, rebooted.Order());
        Assert.All(await Kubectl.ListAsync("nodes"), node => Assert.False(node.IsCordoned()));
    }

    private static IEnumerable<(string Name, string Version)> UpdatesOf(RpmSystem system) => [(RpmNode.Firmware, "20260101-1"), (StoryUpdates.Well, system.After)];

    private async Task AssertScannedAsync()
    {
        var status = (await PolicyAsync()).At("status");
        Assert.Equal(("5", "0", "0/5"), (status.Text("nodes.matched"), status.Text("nodes.unknown"), status.Text("nodes.summary")));
        Assert.Equal(("7", "7"), (status.Text("updates.security"), status.Text("updates.total")));
        foreach (var node in ClusterFixture.Nodes)
            Assert.Equal(("debian-12", "apt"), SystemOf(await StatusAsync(node)));
        foreach (var (node, system) in Joining)
        {
            var found = await StatusAsync(node);
            Assert.Equal((system.Family, system.Manager), SystemOf(found));
            Assert.Equal(
                [
                    (RpmNode.Firmware, "True", "Moderate", "STORY-2026:2", "CVE-2026-1002"),
                    (StoryUpdates.Well, "True", "Important", RpmNode.Advisory, RpmNode.Cve),
                    (StoryUpdates.Other, "False", "", "STORY-2026:3", ""),
                ],
                found.Items("pending").Select(update => (
                    update.Text("name"), update.Text("security") == "true" ? "True" : "False", update.Text("severity"), ListOf(update, "advisories"), ListOf(update, "cves"))));
        }
    }

    private async Task AssertPlanAsync()
    {
        var plan = await Kubectl.GetAsync("patchplan", (await RunAsync()).Text("spec.plan.name"));
        Assert.Equal(["node-1", "node-2", "node-3", "node-4", "node-5"], plan.Items("spec.nodes").Select(node => node.Text("name")).Order());
        var updates = plan.Items("spec.updates").ToLookup(update => update.Text("osFamily"), update => (update.Text("name"), update.Text("version")));
        Assert.Equal(3, updates.Count);
        Assert.Equal(StoryUpdates.Well, Assert.Single(updates["debian-12"]).Item1);
        foreach (var system in Joining.Values)
            Assert.Equal(UpdatesOf(system), updates[system.Family]);
    }

    private async Task AssertInstalledAsync()
    {
        foreach (var node in ClusterFixture.Nodes)
            Assert.True(await StoryUpdates.IsInstalledAsync(cluster.Machines, node, StoryUpdates.Well));
        foreach (var (node, system) in Joining)
        {
            foreach (var (name, version) in UpdatesOf(system))
                Assert.Equal(version, await RpmNode.VersionAsync(cluster.Machines, node, name));
            Assert.Equal("1.0-1", await RpmNode.VersionAsync(cluster.Machines, node, StoryUpdates.Other));
            Assert.Equal(StoryUpdates.Other, Assert.Single((await StatusAsync(node)).Items("pending")).Text("name"));
        }
    }

    private async Task AssertRecordedAsync()
    {
        var record = Assert.Single(await Kubectl.ListAsync("patchrecords"), record => record.Text("spec.run.name").StartsWith(Name, StringComparison.Ordinal));
        var changes = record.Items("spec.changes");
        foreach (var node in record.Items("spec.nodes"))
        {
            var changed = changes[node.Number("change")].Items("packages").Select(package => (package.Text("name"), package.Text("to")));
            if (Joining.GetValueOrDefault(node.Text("name")) is { } system)
                Assert.Equal(UpdatesOf(system), changed);
            else
                Assert.Equal(StoryUpdates.Well, Assert.Single(changed).Item1);
        }

        Assert.Equal(5, record.Items("spec.nodes").Count);
    }

    private static (string, string) SystemOf(JsonNode? status) => (status.Text("node.osFamily"), status.Text("node.packageManager"));

    private static string ListOf(JsonNode update, string path) => string.Join(' ', update.Items(path).Select(item => item.ToString()));

    private Task<JsonNode> PolicyAsync() => Kubectl.GetAsync("patchpolicy", Name);

    private async Task<JsonNode?> StatusAsync(string node) => (await Kubectl.GetAsync("nodepatch", node)).At("status");

    private async Task<JsonNode> RunAsync() => Assert.Single(await Kubectl.ListAsync("patchruns"));
}
