using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;
using PatchOperator.EndToEnd.Tests.Watching;
using Xunit.Abstractions;

namespace PatchOperator.EndToEnd.Tests;

[Collection(RolloutCollection.Name)]
public sealed class RolloutTests(RolloutCluster cluster, ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const string Cordoned = "node-3";
    private static readonly Workload Web = Workload.AWorkload("web").Replicas(4).AtLeast(3);
    private static readonly IManifest[] Asked = [PatchWindow.Open, Policy.APolicy("rollout").MaxUnavailable(2)];

    private IReadOnlyDictionary<string, string> bootIds = new Dictionary<string, string>();
    private Watched? nodes;
    private Watched? patches;
    private Watched? pods;

    private Kubectl Kubectl => cluster.Kubectl;

    // The administrator's cordon counts: of the other two nodes, one may be away at a time.
    public async Task InitializeAsync()
    {
        await cluster.CleanAsync([.. ClusterFixture.Nodes]);
        await cluster.ApplyRunningAsync(Web);
        await Kubectl.RunAsync("cordon", Cordoned);
        bootIds = await cluster.BootIdsAsync();
        nodes = await Kubectl.WatchAsync("nodes");
        patches = await Kubectl.WatchAsync("nodepatches");
        pods = await Kubectl.WatchAsync("pods", "--namespace=" + Workload.Namespace, Web.Selector);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        nodes?.Dispose();
        patches?.Dispose();
        pods?.Dispose();
    }

    [Fact]
    public async Task Nodes_are_drained_patched_rebooted_and_verified_within_the_budget_while_the_workload_keeps_its_minimum()
    {
        foreach (var node in ClusterFixture.Nodes)
            Assert.NotEmpty(await cluster.Machines.UpgradableAsync(node));
        var away = nodes!.Record(all => string.Join(' ', all.Where(node => node.IsUnavailable()).Select(node => node.Name()).Order()));
        var ready = pods!.Record(all => all.Count(pod => pod.IsReady() && pod.At("metadata.deletionTimestamp") is null));
        var phases = patches!.Record(all => string.Join(' ', all.Select(patch => $"{patch.Name()}={patch.Text("status.phase")}").Order()));
        var writes = await ApiWrites.CountAsync(Kubectl);

        await Kubectl.ApplyAsync(Asked);
        await cluster.Eventually.HoldsAsync(() => Kubectl.RunAsync("wait", "--for=condition=Compliant", "patchpolicy/rollout", "--timeout=900s"));
        await cluster.Eventually.TrueAsync("the run has succeeded", async () => (await RunAsync()).Text("status.phase") == "Succeeded");

        output.WriteLine((await ApiWrites.CountAsync(Kubectl)).Since(writes, ClusterFixture.Nodes.Count));
        output.WriteLine($"away: {string.Join(" | ", away.States)}\nready pods: {string.Join(' ', ready.States)}\n{string.Join('\n', phases.States)}");
        Assert.All(away.States, names => Assert.InRange(names.Split(' ').Length, 1, 2));
        Assert.All(ready.States, count => Assert.InRange(count, 3, 5));
        AssertPhases(phases);
        await AssertNodesAsync();
        await AssertReportAsync();
        await AssertApplyingAgainChangesNothingAsync();
    }

    private static void AssertPhases(Recording<string> phases)
    {
        foreach (var node in ClusterFixture.Nodes)
        {
            var own = phases.States.SelectMany(state => state.Split(' ')).Where(phase => phase.StartsWith(node, StringComparison.Ordinal)).Distinct();
            Assert.Equal(
                ["Draining", "Patching", "Rebooting", "Verifying"],
                own.Select(phase => phase.Split('=')[1]).Where(phase => phase is not ("" or "Idle")));
        }
    }

    private async Task AssertNodesAsync()
    {
        foreach (var node in await Kubectl.ListAsync("nodes"))
        {
            Assert.NotEqual(bootIds[node.Name()], node.Text("status.nodeInfo.bootID"));
            Assert.Equal(node.Name() == Cordoned, node.IsCordoned());
            Assert.Empty(node.Marks());
            Assert.Empty(await cluster.Machines.UpgradableAsync(node.Name()));
        }
    }

    private async Task AssertReportAsync()
    {
        var policy = await Kubectl.GetAsync("patchpolicy", "rollout");
        Assert.Equal("3", policy.Text("status.nodes.compliant"));
        Assert.Contains("3/3", await Kubectl.RunAsync("get", "patchpolicies"), StringComparison.Ordinal);
        var run = await RunAsync();
        Assert.Equal("3", run.Text("status.progress.succeeded"));
        Assert.Equal("rollout", run.Text("spec.policy.name"));
        var plan = await Kubectl.GetAsync("patchplan", run.Text("spec.plan.name"));
        Assert.NotEmpty(plan.Items("spec.updates"));
        Assert.Equal(3, plan.Items("spec.nodes").Count);
        foreach (var patch in await Kubectl.ListAsync("nodepatches"))
        {
            Assert.Equal("Succeeded", patch.Text("status.lastOperation.result"));
            Assert.NotEmpty(patch.Items("status.lastOperation.changed"));
        }
    }

    // What a GitOps tool does every few minutes.
    private async Task AssertApplyingAgainChangesNothingAsync()
    {
        var before = await VersionsAsync();
        for (var time = 0; time < 5; time++)
        {
            await Kubectl.ApplyAsync(Asked);
            Assert.Equal(before, await VersionsAsync());
        }
    }

    private async Task<IEnumerable<string>> VersionsAsync() =>
        (await Kubectl.ListAsync("patchwindows,patchpolicies,patchruns,nodepatches")).Select(item => $"{item.Text("kind")} {item.Name()} {item.Version()}");

    private async Task<JsonNode> RunAsync() => Assert.Single(await Kubectl.ListAsync("patchruns"));
}
