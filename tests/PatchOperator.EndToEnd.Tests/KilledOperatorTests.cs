using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;
using PatchOperator.EndToEnd.Tests.Watching;

namespace PatchOperator.EndToEnd.Tests;

[Collection(ClusterCollection.Name)]
public sealed class KilledOperatorTests(ClusterFixture cluster) : IAsyncLifetime, IDisposable
{
    private const string InNamespace = "--namespace=" + ClusterFixture.JobNamespace;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private string node = "";
    private Watched? nodes;
    private Watched? patches;
    private Watched? jobs;

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public async Task InitializeAsync()
    {
        node = await cluster.CheapestUnpatchedAsync();
        await cluster.CleanAsync(node);
        nodes = await Kubectl.WatchAsync("nodes");
        patches = await Kubectl.WatchAsync("nodepatches");
        jobs = await Kubectl.WatchAsync("jobs", InNamespace);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        nodes?.Dispose();
        patches?.Dispose();
        jobs?.Dispose();
    }

    [Fact]
    public async Task An_operator_that_is_killed_in_every_phase_does_nothing_twice_and_leaves_nothing_cordoned()
    {
        var all = jobs!.Record(current => string.Join(' ', current.Select(job => job.Name())));
        await ApplyBlockedWorkloadAsync();
        await Kubectl.ApplyAsync(PatchWindow.Open, Policy.APolicy("killed").On(node));

        await KillWhenAsync("the node has just been cordoned", nodes!, current => current.IsCordoned());
        await Eventually.TrueAsync("an operator is at work again", () => cluster.Operator.LeadsAsync());
        await KillInPhaseAsync("Draining");
        await Kubectl.RunAsync("delete", "poddisruptionbudget", "blocked", "--namespace=" + Workload.Namespace);
        foreach (var phase in new[] { "Patching", "Rebooting", "Verifying" })
            await KillInPhaseAsync(phase);

        await Eventually.TrueAsync("the run has succeeded", async () => (await RunAsync()).Text("status.phase") == "Succeeded", Patience);
        await AssertIsDoneAsync();
        await AssertNothingRanTwiceAsync(all.States.SelectMany(names => names.Split(' ')).Distinct());
    }

    // Draining goes on until the budget is gone.
    private async Task ApplyBlockedWorkloadAsync()
    {
        await Kubectl.ApplyAsync(Workload.AWorkload("blocked").On(node));
        await Kubectl.RunAsync("rollout", "status", "deployment/blocked", "--namespace=" + Workload.Namespace, "--timeout=60s");
    }

    private Task KillInPhaseAsync(string phase) => KillWhenAsync($"{node} is {phase}", patches!, patch => patch.Text("status.phase") == phase);

    private async Task KillWhenAsync(string what, Watched watched, Func<JsonNode, bool> condition)
    {
        await Eventually.HoldsAsync(() => watched.UntilAsync(what, all => all.Any(item => item.Name() == node && condition(item)), Patience));
        await cluster.Operator.KillAsync();
    }

    private async Task AssertIsDoneAsync()
    {
        await Eventually.TrueAsync("the policy is compliant", async () => (await Kubectl.GetAsync("patchpolicy", "killed")).Is("Compliant"));
        Assert.All(await Kubectl.ListAsync("nodes"), current =>
        {
            Assert.False(current.IsCordoned());
            Assert.Empty(current.Marks());
        });
        Assert.Empty(await cluster.Machines.UpgradableAsync(node));
    }

    // A second attempt would be a Job of another name, a second try of the same Job a pod more. A reboot's Job that the cluster still has for unfinished when
    // the node is back is deleted.
    private async Task AssertNothingRanTwiceAsync(IEnumerable<string> all)
    {
        var names = all
            .Where(name => !name.StartsWith("patch-scan-", StringComparison.Ordinal) && name.Contains(node, StringComparison.Ordinal))
            .Order()
            .ToList();
        Assert.Equal(["patch-patch", "patch-reboot", "patch-verify"], names.Select(name => name[..name.IndexOf($"-{node}", StringComparison.Ordinal)]));
        foreach (var name in names)
            Assert.True((await Kubectl.ListAsync("pods", InNamespace, $"--selector=job-name={name}")).Count <= 1, $"{name} ran twice");
        Assert.Equal(1, await UpgradesAsync());
    }

    // In apt's own words.
    private async Task<int> UpgradesAsync() =>
        int.Parse(await cluster.Machines.ShellAsync(node, "grep -c '^Start-Date' /var/log/apt/history.log"), System.Globalization.CultureInfo.InvariantCulture);

    private async Task<JsonNode> RunAsync() => Assert.Single(await Kubectl.ListAsync("patchruns"));
}
