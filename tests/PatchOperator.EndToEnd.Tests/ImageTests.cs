using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

/// <summary>Images that are made from package repositories.</summary>
[Collection(ImageClusterCollection.Name)]
public sealed class ImageTests(ImageClusterFixture cluster) : IAsyncLifetime, IDisposable
{
    private const string Name = "golden";
    private const string Repository = "golden/worker";

    private LaggingMirror? mirror;

    private Kubectl Kubectl => cluster.Kubectl;

    private Baselines Baselines => new(cluster.Kubectl, cluster.Eventually);

    public async Task InitializeAsync()
    {
        await cluster.CleanAsync();
        mirror = await LaggingMirror.StartAsync(cluster.Registry.Host, cluster.Sources.First(source => source.IsSecurity));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => mirror?.Dispose();

    /// <summary>
    /// The life of a baseline: without updates it lacks what apt says; with those that its repositories have it lacks nothing, until a rollout gives the nodes
    /// more.
    /// </summary>
    [Fact]
    public async Task A_baseline_is_built_and_promoted_and_follows_its_recipe_and_the_live_nodes()
    {
        var golden = Baseline
            .ABaseline(Name, cluster.Registry.Repository(Repository))
            .Testing("packages-are-consistent", "dpkg", "--audit")
            .Following("images");

        await Kubectl.ApplyAsync(golden.From([.. cluster.Sources.Select(source => source.Line)]).WithoutUpdates().WhateverIsPending());
        var bare = await BuiltAsync(1, "Initial");
        await AssertLacksWhatItsOwnAptSaysAsync(bare);

        await Kubectl.ApplyAsync(
            golden.From([.. cluster.Sources.Where(source => !source.IsSecurity).Select(source => source.Line), mirror!.Line]).Installing("openssl"));
        var behind = await BuiltAsync(2, "SpecChanged");
        Assert.True(behind.Is("UpToDate"));
        await AssertIsGoneAsync(bare);
        await AssertNodeIsKnownAsync(behind);

        mirror.CatchUp();
        await PatchNodeAsync();
        var ahead = await AssertIsRebuiltByItselfAsync(behind);
        await AssertIsKeptForItsNodeAsync(behind, ahead);
        await AssertTheSameInputsGiveTheSameImageAsync(ahead);
    }

    private async Task<JsonNode> BuiltAsync(int build, string trigger)
    {
        var baseline = await Baselines.PromotedAsync(Name, build);
        Assert.Equal(trigger, baseline.Text("status.lastBuild.trigger"));
        Assert.True(baseline.Is("Verified"));
        Assert.Equal(["packages-are-consistent=true"], baseline.Items("status.lastBuild.tests").Select(test => $"{test.Text("name")}={test.Text("passed")}"));
        var digest = Digest(baseline);
        Assert.Equal($"{cluster.Registry.Repository(Repository)}@{digest}", baseline.Text("status.current.reference"));
        Assert.Equal(digest, await cluster.Registry.DigestAsync(Repository, baseline.Text("status.current.version")));
        Assert.Equal(digest, await cluster.Registry.DigestAsync(Repository, "current"));
        return baseline;
    }

    private async Task AssertLacksWhatItsOwnAptSaysAsync(JsonNode baseline)
    {
        const string count = "apt-get -qq update && apt-get --simulate dist-upgrade | grep '^Inst ' | tee /tmp/all | grep -c Debian-Security; wc -l </tmp/all";
        var counts = (await cluster.Registry.RunAsync(Repository, Digest(baseline), count)).Replace('\n', ' ');
        Assert.False(counts.StartsWith("0 ", StringComparison.Ordinal));
        Assert.Equal(counts, $"{baseline.Text("status.current.pending.security")} {baseline.Text("status.current.pending.total")}");
        Assert.Equal("False", baseline.Condition("UpToDate").Text("status"));
        Assert.Equal("UpdatesPending", baseline.Condition("UpToDate").Text("reason"));
    }

    private async Task AssertNodeIsKnownAsync(JsonNode baseline)
    {
        await Baselines.MarkAsync(ImageClusterFixture.Node, Digest(baseline));
        await Baselines.UntilAsync(Name, "its node is known", current => current.Text("status.nodes.summary") == "1/1");
    }

    private async Task PatchNodeAsync()
    {
        await Kubectl.ApplyAsync(PatchWindow.Open, Policy.APolicy("images").InPlace());
        await cluster.Eventually.TrueAsync(
            "the node is patched", async () => (await RunsAsync()).Any(run => run.Text("status.phase") == "Succeeded"), Baselines.Patience);
        Assert.Empty(await cluster.Machines.UpgradableAsync(ImageClusterFixture.Node));
    }

    private async Task<JsonNode> AssertIsRebuiltByItselfAsync(JsonNode before)
    {
        await Baselines.UntilAsync(
            Name,
            "a build has begun because nodes are ahead",
            baseline => baseline.Text("status.job.trigger") == "LiveDrift" || baseline.Text("status.lastBuild.trigger") == "LiveDrift");
        var baseline = await Baselines.PromotedAsync(Name, before.Number("status.lastBuild.number") + 1);
        Assert.NotEqual(Digest(before), Digest(baseline));
        Assert.True(baseline.Is("UpToDate"));
        await cluster.Eventually.TrueAsync("the run tells that the image has it all", async () => IsCovered(Assert.Single(await RunsAsync())));
        return baseline;
    }

    private static bool IsCovered(JsonNode run) =>
        run
            .Items("status.baselines")
            .Select(coverage => $"{coverage.Text("name")} {coverage.Text("upToDate")} {coverage.Text("missing")}")
            .SequenceEqual([$"{Name} true 0"]);

    // Nothing that was current before is to be kept, but for what a live node came from.
    private async Task AssertIsKeptForItsNodeAsync(JsonNode before, JsonNode after)
    {
        await Baselines.UntilAsync(Name, "its node is outdated", baseline => baseline.Text("status.nodes.outdated") == "1");
        Assert.True(await cluster.Registry.HasAsync(Repository, Digest(before)));

        await Baselines.MarkAsync(ImageClusterFixture.Node, Digest(after));
        await AssertIsGoneAsync(before);
        Assert.True(await cluster.Registry.HasAsync(Repository, Digest(after)));
    }

    private Task AssertIsGoneAsync(JsonNode before) => cluster.Eventually.TrueAsync(
        $"{Digest(before)} is deleted", async () => !await cluster.Registry.HasAsync(Repository, Digest(before)));

    private async Task AssertTheSameInputsGiveTheSameImageAsync(JsonNode before)
    {
        await Baselines.RebuildAsync(Name);
        var after = await Baselines.BuiltAsync(Name, before.Number("status.lastBuild.number") + 1);
        Assert.Equal("Manual", after.Text("status.lastBuild.trigger"));
        Assert.Equal(Digest(before), after.Text("status.lastBuild.digest"));
        Assert.Equal(Digest(before), Digest(after));
        Assert.Single(after.Items("status.history"));
    }

    private Task<IReadOnlyList<JsonNode>> RunsAsync() => Kubectl.ListAsync("patchruns");

    private static string Digest(JsonNode baseline) => baseline.Text("status.current.digest");
}
