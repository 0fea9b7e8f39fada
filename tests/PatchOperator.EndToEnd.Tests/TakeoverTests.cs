using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;
using PatchOperator.EndToEnd.Tests.Watching;
using PatchOperator.Testing.Audit;
using Xunit.Abstractions;

namespace PatchOperator.EndToEnd.Tests;

[Collection(RolloutCollection.Name)]
public sealed class TakeoverTests(RolloutCluster cluster, ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const string InNamespace = "--namespace=" + ClusterFixture.JobNamespace;
    private const string User = $"system:serviceaccount:{ClusterFixture.Namespace}:patch-operator";
    private const string Frozen = "frozen";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    // 15 s, from when a replica that stands by has heard of the last renewal: one that was cut off until a moment ago hears of it late.
    private static readonly TimeSpan TwoLeases = TimeSpan.FromSeconds(60);

    private readonly List<(string Node, string Phase)> where = [];
    private readonly List<Fault> faults = [];
    private Watched? nodes;
    private Watched? patches;
    private Watched? jobs;
    private Watched? leases;

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public async Task InitializeAsync()
    {
        await cluster.CleanAsync([.. ClusterFixture.Nodes]);
        nodes = await Kubectl.WatchAsync("nodes");
        patches = await Kubectl.WatchAsync("nodepatches");
        jobs = await Kubectl.WatchAsync("jobs", InNamespace);
        leases = await cluster.Operator.WatchLeaseAsync();
    }

    public Task DisposeAsync() => cluster.Operator.StartAsync();

    public void Dispose()
    {
        foreach (var watched in new[] { nodes, patches, jobs, leases })
            watched?.Dispose();
    }

    [Fact]
    public async Task A_leader_that_is_killed_frozen_or_cut_off_in_any_phase_is_replaced_and_nothing_is_done_twice_or_left_cordoned()
    {
        var made = jobs!.Record(all => string.Join(' ', all.Select(job => job.Name())));
        var boots = nodes!.Record(all => string.Join(' ', all.Select(node => node.BootId())));
        var marked = nodes!.Record(all => string.Join(' ', all.Where(node => node.Marks().Any()).Select(node => node.Name()).Order()));

        for (var number = 0; number < ClusterFixture.Nodes.Count; number++)
            await PatchAsync(ClusterFixture.Nodes[number], number);

        AssertTakeovers();
        Assert.Equal(["", .. ClusterFixture.Nodes.SelectMany(node => new[] { node, "" })], marked.States);
        Assert.Equal(2 * ClusterFixture.Nodes.Count, Distinct(boots).Count());
        foreach (var node in ClusterFixture.Nodes)
            await AssertIsPatchedOnceAsync(node, Distinct(made));
        Assert.All(await Kubectl.ListAsync("nodes"), node => Assert.False(node.IsCordoned()));
    }

    // In each phase another fault; the next node begins with the next fault, so that after three each phase has had each of them.
    private async Task PatchAsync(string node, int fault)
    {
        await PlaceOperatorBesideAsync(node);
        // Draining goes on until its budget is gone. A workload of its own for each node: to move one takes as long as a kubelet needs to tell that a pod has ended.
        var blocked = Workload.AWorkload($"blocked-{node}").On(node);
        await cluster.ApplyRunningAsync(blocked);
        await Kubectl.ApplyAsync(PatchWindow.Open, Policy.APolicy(PolicyOf(node)).On(node).EvenIfBlocked());

        await BefallAsync(fault++, node, "Scanning", jobs!, job => IsScanOf(node, job));
        await BefallInPhaseAsync(fault++, node, "Draining");
        await Kubectl.RunAsync("delete", "poddisruptionbudget", blocked.Name, "--namespace=" + Workload.Namespace);
        foreach (var phase in new[] { "Patching", "Rebooting", "Verifying" })
            await BefallInPhaseAsync(fault++, node, phase);

        await Eventually.TrueAsync(
            $"{node} is patched", async () => (await Kubectl.GetAsync("patchpolicy", PolicyOf(node))).Is("Compliant"), Patience);
    }

    // A replica on a node that is drained would give the lease up by itself.
    private async Task PlaceOperatorBesideAsync(string node)
    {
        await cluster.Operator.StopAsync();
        await Kubectl.RunAsync("cordon", node);
        await cluster.Operator.StartAsync(replicas: 2);
        await Kubectl.RunAsync("uncordon", node);
    }

    private Task BefallInPhaseAsync(int fault, string node, string phase) =>
        BefallAsync(fault, node, phase, patches!, patch => patch.Name() == node && patch.Text("status.phase") == phase);

    private async Task BefallAsync(int fault, string node, string phase, Watched watched, Func<JsonNode, bool> condition)
    {
        var (holder, leader) = await LeaderAsync();
        await Eventually.HoldsAsync(() => watched.UntilAsync($"{node} is {phase}", all => all.Any(condition), Patience));
        where.Add((node, phase));
        var befalling = (fault % 3) switch
        {
            0 => BefallAsync("killed", null, leader.KillAsync, () => Task.CompletedTask, holder),
            1 => BefallAsync(Frozen, leader.Address, leader.FreezeAsync, leader.WakeAsync, holder),
            _ => BefallAsync("cut off", leader.Address, leader.CutOffAsync, leader.ReconnectAsync, holder),
        };
        await befalling;
    }

    // Mended at the moment when another leads: whatever it still had in hand then comes too late.
    private async Task BefallAsync(string what, string? address, Func<Task> fault, Func<Task> mend, string holder)
    {
        await fault();
        faults.Add(new Fault(what, address is null ? null : IPAddress.Parse(address), TimeProvider.System.GetUtcNow()));
        try
        {
            await Eventually.HoldsAsync(() => leases!.UntilAsync($"another leads than the one that is {what}", all => Holder(all) is { Length: > 0 } other && other != holder, TwoLeases));
        }
        finally
        {
            await mend();
        }
    }

    private async Task<(string Holder, Replica Leader)> LeaderAsync()
    {
        var holder = "";
        await Eventually.HoldsAsync(() => leases!.UntilAsync("somebody leads", all => (holder = Holder(all)).Length > 0, Patience));
        return (holder, await cluster.Operator.ReplicaAsync(holder));
    }

    private static string Holder(IEnumerable<JsonNode> leases) => leases.SingleOrDefault().Text("spec.holderIdentity");

    private void AssertTakeovers()
    {
        var takeovers = Takeover.After(faults, AuditLog.Read(cluster.Logs, User));
        foreach (var ((node, phase), takeover) in where.Zip(takeovers))
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{node} {phase}, leader {takeover.Leader}: lease after {takeover.LeaseSeconds:F1} s, first write after {takeover.FirstWriteSeconds:F1} s, late writes {takeover.LateWrites}"));
        Assert.All(takeovers, takeover => Assert.NotNull(takeover.LeaseSeconds));
        Assert.All(takeovers.Where(takeover => takeover.Leader == Frozen), takeover => Assert.Equal(0, takeover.LateWrites));
    }

    // A second attempt would be a Job of another name, a second try of the same Job a pod more. A reboot's Job that the cluster still has for unfinished when
    // the node is back is deleted.
    private async Task AssertIsPatchedOnceAsync(string node, IEnumerable<string> made)
    {
        var names = made
            .Where(name => !name.StartsWith("patch-scan-", StringComparison.Ordinal) && name.Contains(node, StringComparison.Ordinal))
            .Order()
            .ToList();
        Assert.Equal(["patch-patch", "patch-reboot", "patch-verify"], names.Select(name => name[..name.IndexOf($"-{node}", StringComparison.Ordinal)]));
        foreach (var name in names)
            Assert.True((await Kubectl.ListAsync("pods", InNamespace, $"--selector=job-name={name}")).Count <= 1, $"{name} ran twice");
        // In apt's own words.
        Assert.Equal("1", await cluster.Machines.ShellAsync(node, "grep -c '^Start-Date' /var/log/apt/history.log"));
        Assert.Empty(await cluster.Machines.UpgradableAsync(node));
    }

    private static IEnumerable<string> Distinct(Recording<string> lists) => lists.States.SelectMany(list => list.Split(' ')).Where(item => item.Length > 0).Distinct();

    private static bool IsScanOf(string node, JsonNode job) =>
        job.Name().StartsWith("patch-scan-", StringComparison.Ordinal) && job.Name().Contains(node, StringComparison.Ordinal) && job.At("status.completionTime") is null;

    private static string PolicyOf(string node) => $"takeover-{node}";
}
