using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class RollbackTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private Kubectl Kubectl => cluster.Kubectl;

    public Task InitializeAsync() => cluster.CleanAsync(ClusterFixture.Nodes, StoryUpdates.Bad);

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The bad one among whatever Debian has mended by now, with scripts, triggers, configuration files and all.</summary>
    [Fact]
    public async Task A_first_node_whose_service_fails_after_its_update_gets_all_its_old_packages_back_and_the_others_are_not_touched()
    {
        var before = await Task.WhenAll(ClusterFixture.Nodes.Select(PackagesAsync));

        await Kubectl.ApplyAsync(PatchWindow.Open, Policy.APolicy("undone").Of("*").InPlace().RollingBack());
        await cluster.Eventually.TrueAsync(
            "the run is halted by a node that was rolled back",
            async () => (await Kubectl.ListAsync("patchruns")).SingleOrDefault() is { } run && run.Text("status.phase") == "Halted"
                && run.Items("status.failures").Any(failure => (failure.Text("step"), failure.Text("reason")) == ("Verify", "RolledBack")),
            TimeSpan.FromMinutes(8));

        var turn = Assert.Single(await Kubectl.ListAsync("nodepatches"), patch => patch.Text("status.lastOperation.result") != "");
        Assert.Equal("UnitsBroken", turn.Text("status.lastOperation.rollback.reason"));
        Assert.StartsWith(
            $"Verify failed: units that ran before do not run now, or have failed: {StoryUpdates.Bad}.service (failed); rolled back: ",
            turn.Text("status.lastOperation.message"),
            StringComparison.Ordinal);
        var changed = turn.Items("status.lastOperation.changed").Select(change => (change.Text("name"), change.Text("from"), change.Text("to"))).ToList();
        Assert.True(changed.Count > 1, "none of Debian's own is pending");
        Assert.Equal(
            changed, turn.Items("status.lastOperation.rollback.changed").Select(change => (change.Text("name"), change.Text("to"), change.Text("from"))));
        Assert.Empty(turn.Items("status.lastOperation.kept.without"));
        Assert.Equal(before, await Task.WhenAll(ClusterFixture.Nodes.Select(PackagesAsync)));
        Assert.Equal("active", await cluster.Machines.ShellAsync(turn.Name(), $"systemctl is-active {StoryUpdates.Bad}"));
        Assert.Equal("", await cluster.Machines.ShellAsync(turn.Name(), "dpkg --audit"));
        Assert.All(await Kubectl.ListAsync("nodes"), node => Assert.False(node.IsCordoned()));
        var told = await Kubectl.ListAsync("events", "--all-namespaces", $"--field-selector=involvedObject.name={turn.Name()}");
        Assert.Contains(told, item => item.Text("message").Contains("Verify failed, and is rolled back", StringComparison.Ordinal));
    }

    private Task<string> PackagesAsync(string node) =>
        cluster.Machines.ShellAsync(node, "dpkg-query --show --showformat='${db:Status-Abbrev} ${Package} ${Version}\n'; apt-mark showauto");
}
