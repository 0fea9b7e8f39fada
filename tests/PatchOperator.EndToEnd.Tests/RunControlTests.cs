using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class RunControlTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private const string Name = "controlled";
    private const string InNamespace = "--namespace=" + ClusterFixture.JobNamespace;

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync(ClusterFixture.Nodes, StoryUpdates.Well, StoryUpdates.Other);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_a_person_approved_is_done_wave_by_wave_and_a_person_can_pause_it_and_give_it_up()
    {
        var policy = Policy.APolicy(Name).InPlace().ApprovedByAPerson().WithACanary(soak: "20s");
        await Kubectl.ApplyAsync(PatchWindow.Open, policy.Of(StoryUpdates.Well, StoryUpdates.Other));
        var former = await RunInPhaseAsync("PendingApproval");

        // A plan that changed in between asks again, and what was approved of the former is nothing to it.
        await Kubectl.ApplyAsync(policy.Of(StoryUpdates.Well));
        var run = await RunInPhaseAsync("PendingApproval", other: former);
        Assert.Equal("Superseded", (await Kubectl.GetAsync("patchrun", former)).Text("status.phase"));
        await ApproveAsync(run, await DigestAsync(former));
        await Eventually.TrueAsync(
            "the approval is said to name another plan", async () => (await MessageAsync(run)).Contains("names another plan", StringComparison.Ordinal));
        await AssertNothingBeganAsync();

        await ApproveAsync(run, await DigestAsync(run));
        await RunInPhaseAsync("Soaking");
        var canary = Assert.Single(await cluster.SucceededAsync());

        await ChangeAsync(run, """{"spec":{"paused":true}}""");
        await RunInPhaseAsync("Paused");
        await ChangeAsync(run, """{"spec":{"paused":false}}""");
        await RunInPhaseAsync("Soaking");
        Assert.Equal(canary, Assert.Single(await cluster.SucceededAsync()));

        await Eventually.TrueAsync("the next node is being patched", async () => (await InPhaseAsync("Patching")).Count == 1);
        await ChangeAsync(run, """{"spec":{"cancelled":true}}""");
        await RunInPhaseAsync("Cancelled");
        Assert.Equal(2, (await cluster.SucceededAsync()).Count);
        var waves = (await Kubectl.GetAsync("patchrun", run)).Items("status.waves");
        Assert.Equal([("canary", 1, 0), ("rest", 1, 1)], waves.Select(wave => (wave.Text("name"), wave.Number("succeeded"), wave.Number("pending"))));
    }

    private Task<string> ApproveAsync(string run, string digest)
    {
        var approval = new JsonObject { ["digest"] = digest, ["by"] = "jane@example.com", ["reason"] = "tried in staging" };
        return PatchAsync(run, "json", new JsonArray(new JsonObject { ["op"] = "add", ["path"] = "/spec/approvals/-", ["value"] = approval }).ToJsonString());
    }

    private Task<string> ChangeAsync(string run, string change) => PatchAsync(run, "merge", change);

    private Task<string> PatchAsync(string run, string type, string patch) => Kubectl.RunAsync("patch", "patchrun", run, $"--type={type}", $"--patch={patch}");

    private async Task<string> RunInPhaseAsync(string phase, string? other = null)
    {
        var name = "";
        await Eventually.TrueAsync($"a run is {phase}", async () =>
        {
            var run = (await Kubectl.ListAsync("patchruns")).FirstOrDefault(run => run.Name() != other && run.Text("status.phase") == phase);
            name = run?.Name() ?? "";
            return run is not null;
        });
        return name;
    }

    private async Task<string> DigestAsync(string run) => (await Kubectl.GetAsync("patchrun", run)).Text("spec.plan.digest");

    private async Task<string> MessageAsync(string run) => (await Kubectl.GetAsync("patchrun", run)).Text("status.message");

    private async Task AssertNothingBeganAsync()
    {
        Assert.All(await Kubectl.ListAsync("jobs", InNamespace), job => Assert.Equal("scan", job.At("metadata.labels")?["patchoperator.io/step"]?.ToString()));
        Assert.All(await Kubectl.ListAsync("nodepatches"), patch => Assert.Empty(patch.Text("spec.operation")));
    }

    private async Task<List<string>> InPhaseAsync(string phase) =>
        [.. (await Kubectl.ListAsync("nodepatches")).Where(patch => patch.Text("status.phase") == phase).Select(patch => patch.Name())];
}
