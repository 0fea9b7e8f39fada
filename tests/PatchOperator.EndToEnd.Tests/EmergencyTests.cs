using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class EmergencyTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private const string Name = "emergency";
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly string node = ClusterFixture.Nodes[0];

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync([node], StoryUpdates.Well, StoryUpdates.Other);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_run_that_a_person_makes_is_planned_and_carried_out_while_the_window_stays_closed()
    {
        await Kubectl.ApplyAsync(PatchWindow.Closed(Clock.GetUtcNow()), Policy.APolicy(Name).Of(StoryUpdates.Well, StoryUpdates.Other).On(node).InPlace());
        await Eventually.TrueAsync($"{node} is reported as not compliant", IsReportedAsync);
        Assert.Empty(await Kubectl.ListAsync("patchruns"));

        await CreateAsync("tool-now", new JsonObject { ["reason"] = "a leap second", ["packages"] = new JsonArray(StoryUpdates.Well) });
        await Eventually.TrueAsync("it is over", () => IsInPhaseAsync("tool-now", "Succeeded"));
        var first = await Kubectl.GetAsync("patchrun", "tool-now");
        Assert.Equal(("", Name), (first.Text("spec.window"), first.Text("spec.policy.name")));
        var plan = await Kubectl.GetAsync("patchplan", first.Text("spec.plan.name"));
        Assert.Equal([StoryUpdates.Well], plan.Items("spec.updates").Select(update => update.Text("name")));
        Assert.Equal("NonCompliant", (await Kubectl.GetAsync("nodepatch", node)).Text("status.compliance.state"));

        await Kubectl.RunAsync("annotate", "patchpolicy", Name, "patchoperator.io/emergency=CVE-2026-0001");
        await Eventually.TrueAsync($"{node} is patched", async () => (await Kubectl.GetAsync("nodepatch", node)).Text("status.compliance.state") == "Compliant");
        var second = Assert.Single(await Kubectl.ListAsync("patchruns"), run => run.Text("spec.emergency.reason") == "CVE-2026-0001");
        Assert.Equal(("Emergency", ""), (second.Text("spec.trigger"), second.Text("spec.window")));
        Assert.Null((await Kubectl.GetAsync("patchpolicy", Name)).At("metadata.annotations")?["patchoperator.io/emergency"]);
        Assert.Equal("False", (await Kubectl.GetAsync("patchwindow", Policy.Window)).Condition("Open").Text("status"));
    }

    [Fact]
    public async Task A_freeze_holds_it_until_it_is_lifted_and_one_that_overrides_it_is_not_held()
    {
        await Kubectl.ApplyAsync(PatchWindow.Freeze, PatchWindow.Closed(Clock.GetUtcNow()), Policy.APolicy(Name).Of(StoryUpdates.Well, StoryUpdates.Other).On(node).InPlace());
        await Eventually.TrueAsync($"{node} is reported as not compliant", IsReportedAsync);

        await CreateAsync("held", new JsonObject { ["packages"] = new JsonArray(StoryUpdates.Well) });
        await Eventually.TrueAsync("it waits", () => IsInPhaseAsync("held", "WaitingForWindow"));
        Assert.False(await StoryUpdates.IsInstalledAsync(cluster.Machines, node, StoryUpdates.Well));
        await CreateAsync("not-held", new JsonObject { ["packages"] = new JsonArray(StoryUpdates.Well), ["overrideBlackouts"] = true });
        await Eventually.TrueAsync("the other is over", () => IsInPhaseAsync("not-held", "Succeeded"));
        Assert.True(await StoryUpdates.IsInstalledAsync(cluster.Machines, node, StoryUpdates.Well));
    }

    [Fact]
    public async Task One_for_a_policy_that_there_is_not_says_so()
    {
        await CreateAsync("nowhere", new JsonObject());
        await Eventually.TrueAsync(
            "it is told", async () => (await Kubectl.GetAsync("patchrun", "nowhere")).Text("status.message") == $"spec.policy.name: there is no PatchPolicy '{Name}'");
        await Kubectl.RunAsync("delete", "patchrun", "nowhere");
    }

    private Task CreateAsync(string name, JsonObject emergency) =>
        Kubectl.CreateRunAsync(name, new { Policy = new { Name }, Trigger = "Emergency", Emergency = emergency });

    private async Task<bool> IsInPhaseAsync(string run, string phase) => (await Kubectl.GetAsync("patchrun", run)).Text("status.phase") == phase;

    private async Task<bool> IsReportedAsync() =>
        (await Kubectl.ListAsync("nodepatches")).Any(patch => patch.Name() == node && patch.Text("status.compliance.state") == "NonCompliant");
}
