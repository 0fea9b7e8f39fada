using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;
using PatchOperator.EndToEnd.Tests.Watching;

namespace PatchOperator.EndToEnd.Tests;

/// <summary>Images that a container of somebody else's makes: the documented one, and one that is done in seconds.</summary>
[Collection(ImageClusterCollection.Name)]
public sealed class CustomBuilderTests(ImageClusterFixture cluster) : IAsyncLifetime, IDisposable
{
    private const string Name = "quick";
    private const string Repository = "golden/quick";
    private const string Jobs = "--namespace=" + InstalledCluster.JobNamespace;
    private const string Selector = "--selector=patchoperator.io/baseline=" + Name;

    private Watched? pods;

    private Kubectl Kubectl => cluster.Kubectl;

    private Baselines Baselines => new(cluster.Kubectl, cluster.Eventually);

    private Baseline Quick => Baseline.ABaseline(Name, cluster.Registry.Repository(Repository)).FromTheBuilderItself();

    public Task InitializeAsync() => cluster.CleanAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => pods?.Dispose();

    [Fact]
    public async Task An_image_is_rejected_by_its_gate_and_by_its_tests_and_promoted_by_a_person_alone()
    {
        await Kubectl.ApplyAsync(Quick);
        var gated = await Baselines.BuiltAsync(Name, 1);
        AssertIsRejected(gated, "gate", "SecurityUpdatesPending", "security updates are pending in it");

        await Kubectl.ApplyAsync(Quick.WhateverIsPending().Testing("passes", "true").Testing("fails", "sh", "-c", "echo nothing goes; exit 3"));
        var tested = await Baselines.BuiltAsync(Name, 2);
        AssertIsRejected(tested, "test", "TestFailed", "test 'fails' failed");
        Assert.Contains("nothing goes", tested.Text("status.lastBuild.failure.message"), StringComparison.Ordinal);

        await Kubectl.ApplyAsync(Quick.WhateverIsPending().PromotedByHand());
        var waiting = await Baselines.BuiltAsync(Name, 3);
        Assert.Equal("AwaitingPromotion", waiting.Condition("Promoted").Text("reason"));
        Assert.Empty(waiting.Text("status.current"));
        var digest = waiting.Text("status.candidate.digest");

        await Baselines.PromoteAsync(Name, digest);
        var promoted = await Baselines.PromotedAsync(Name, 3);
        Assert.Equal(digest, promoted.Text("status.current.digest"));
        Assert.Equal(digest, await cluster.Registry.DigestAsync(Repository, "current"));
    }

    /// <summary>Whatever happens to the build, it is one build, and its image the same.</summary>
    [Fact]
    public async Task A_build_outlives_its_pods_the_operator_and_the_registry()
    {
        await Kubectl.ApplyAsync(Quick.WhateverIsPending());
        var before = await Baselines.PromotedAsync(Name, 1);
        pods = await Kubectl.WatchAsync("pods", Jobs, Selector);

        await cluster.Machines.StopRegistryAsync();
        await Baselines.RebuildAsync(Name);
        await KillAsync("build", operatorToo: true);
        await KillAsync("test", operatorToo: false);
        await KillAsync("scan", operatorToo: true);
        await AssertIsDelayedAsync(before);

        await cluster.Machines.StartRegistryAsync();
        await KillAsync("report", operatorToo: true);
        await AssertIsOneBuildAsync(before, await Baselines.BuiltAsync(Name, before.Number("status.lastBuild.number") + 1));
    }

    [Fact]
    public async Task The_documented_builder_runs_as_it_is_written()
    {
        const string sample = "config/samples/imagebaseline-custom.yaml";
        var written = await File.ReadAllTextAsync(Testing.Repository.PathOf(sample));
        var documentation = await File.ReadAllTextAsync(Testing.Repository.PathOf("docs/imagebaselines.md"));
        Assert.Contains(written[written.IndexOf("apiVersion:", StringComparison.Ordinal)..], documentation, StringComparison.Ordinal);

        var name = await ApplyAsync(Testing.Repository.PathOf(sample));
        var baseline = await Baselines.PromotedAsync(name, 1);

        Assert.Equal(baseline.Text("status.current.digest"), await cluster.Registry.DigestAsync(Repository, "current"));
        Assert.True(baseline.Is("UpToDate"));
        Assert.Equal(["it-can-list-addresses=true"], baseline.Items("status.lastBuild.tests").Select(test => $"{test.Text("name")}={test.Text("passed")}"));
    }

    private static void AssertIsRejected(JsonNode baseline, string step, string reason, string message)
    {
        Assert.Equal(step, baseline.Text("status.lastBuild.failure.step"));
        Assert.Equal(reason, baseline.Text("status.lastBuild.failure.reason"));
        Assert.Contains(message, baseline.Text("status.lastBuild.failure.message"), StringComparison.Ordinal);
        foreach (var condition in new[] { "Ready", "Verified", "Promoted" })
            Assert.False(baseline.Is(condition));
        Assert.Empty(baseline.Text("status.current"));
        Assert.Empty(baseline.Text("status.candidate"));
    }

    /// <summary>Where the registry is a person's to name; the rest is as it is written.</summary>
    private async Task<string> ApplyAsync(string file)
    {
        var baseline = JsonNode.Parse(await Kubectl.RunAsync("create", "--dry-run=client", "--validate=false", "--output=json", $"--filename={file}"))!;
        var (spec, output) = (baseline["spec"]!.AsObject(), baseline["spec"]!["output"]!.AsObject());
        spec.Remove("suspend");
        output.Remove("pushSecret");
        output["repository"] = cluster.Registry.Repository(Repository);
        output["insecure"] = true;
        (await Kubectl.TryAsync(["apply", "--filename=-"], baseline.ToJsonString())).Succeeded();
        return baseline.Name();
    }

    private async Task KillAsync(string step, bool operatorToo)
    {
        var pod = "";
        await cluster.Eventually.HoldsAsync(
            () => pods!.UntilAsync($"{step} is under way", all => all.Any(candidate => IsAt(candidate, step) && (pod = candidate.Name()).Length > 0), Baselines.Patience));
        if (operatorToo)
            await cluster.Operator.KillAsync();
        await Kubectl.RunAsync("delete", Jobs, "pod", pod, "--force", "--grace-period=0", "--ignore-not-found");
    }

    // Its turn has come and is not over. That it runs, the kubelet may have no time to tell.
    private static bool IsAt(JsonNode pod, string step)
    {
        var containers = pod.Items("status.initContainerStatuses").Concat(pod.Items("status.containerStatuses")).ToList();
        return pod.At("metadata.deletionTimestamp") is null
            && containers.TakeWhile(container => container.Text("name") != step).All(container => container.Text("state.terminated.exitCode") == "0")
            && containers.Any(container => container.Text("name") == step && container.At("state.terminated") is null);
    }

    private async Task AssertIsDelayedAsync(JsonNode before)
    {
        var delayed = await Baselines.UntilAsync(
            Name, "the build is to be tried again", baseline => baseline.Condition("Reconciling").Text("reason") == "ImageJobRetried");
        Assert.Contains("RegistryUnavailable", delayed.Text("status.job.message"), StringComparison.Ordinal);
        Assert.Equal(before.Text("status.lastBuild"), delayed.Text("status.lastBuild"));
        Assert.False(delayed.Is("Stalled"));
        Assert.True(delayed.Is("Ready"));
    }

    private async Task AssertIsOneBuildAsync(JsonNode before, JsonNode after)
    {
        Assert.Equal(before.Number("status.jobsBegun") + 1, after.Number("status.jobsBegun"));
        Assert.Empty(after.Text("status.lastBuild.failure"));
        Assert.Equal(before.Text("status.current.digest"), after.Text("status.lastBuild.digest"));
        Assert.Equal(before.Text("status.current.digest"), await cluster.Registry.DigestAsync(Repository, "current"));
        Assert.Single(after.Items("status.history"));
        await cluster.Eventually.TrueAsync("no Job is left but the finished one", async () =>
            (await Kubectl.ListAsync("jobs", Jobs, Selector)).Select(job => job.Name()).SequenceEqual([after.Text("status.lastBuild.job")]));
    }
}
