using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class HookTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync(ClusterFixture.Nodes, StoryUpdates.Daemon);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_hook_that_fails_keeps_a_run_from_starting_or_its_node_from_being_touched_and_once_it_is_mended_all_are_patched()
    {
        var image = await cluster.ImageAsync();
        var (well, ill) = (new Hook(image, "--version"), new Hook(image, "no-such-step"));
        var policy = Policy.APolicy("hooked").Of(StoryUpdates.Daemon).InPlace().RestartingServices();
        await Kubectl.ApplyAsync(PatchWindow.Open, policy.With(new { BeforeRun = ill, AfterRun = well }));
        var first = await RunSaysAsync("Halted", "hook beforeRun failed: hook beforeRun ended with exit code 1: ");
        await AssertUntouchedAsync();

        await Kubectl.ApplyAsync(policy.With(new { BeforeRun = well, BeforeDrain = ill, AfterRun = well }));
        await AssertGivesWayAsync(first, "Failed", "Succeeded");
        var second = await RunSaysAsync("Halted", "1 nodes failed, 1 is the threshold; first node-");
        var failure = Assert.Single((await Kubectl.GetAsync("patchrun", second)).Items("status.failures"));
        Assert.Equal(("BeforeDrain", "HookFailed"), (failure.Text("step"), failure.Text("reason")));
        Assert.StartsWith("hook beforeDrain ended with exit code 1: ", failure.Text("message"), StringComparison.Ordinal);
        await AssertUntouchedAsync();

        await Kubectl.ApplyAsync(policy.With(new { BeforeRun = well, BeforeDrain = well, AfterPatch = well, AfterUncordon = well, AfterRun = ill }));
        await AssertGivesWayAsync(second, "Succeeded", "Succeeded");
        var last = await RunSaysAsync("Succeeded", "3 nodes patched and verified; hook afterRun failed: hook afterRun ended with exit code 1: ");
        Assert.Equal(["Succeeded", "Failed"], (await Kubectl.GetAsync("patchrun", last)).Items("status.hooks").Select(hook => hook.Text("state")));
        Assert.All(await Kubectl.ListAsync("nodepatches"), patch => Assert.Equal(
            ["BeforeDrain", "AfterPatch", "AfterUncordon"], patch.Items("status.lastOperation.hooks").Select(hook => hook.ToString())));
        Assert.All(await Kubectl.ListAsync("nodes"), node => Assert.False(node.IsCordoned()));
        await Task.WhenAll(ClusterFixture.Nodes.Select(AssertRunsNewCodeAsync));
    }

    // The package leaves its service alone. What an earlier story has replaced may be run by others as well.
    private async Task AssertRunsNewCodeAsync(string node)
    {
        Assert.Contains($"{StoryUpdates.Daemon}.service", (await Kubectl.GetAsync("nodepatch", node)).Items("status.lastOperation.restarted").Select(name => name.ToString()));
        Assert.Equal(
            $"/usr/libexec/{StoryUpdates.Daemon}",
            await cluster.Machines.ShellAsync(node, $"readlink /proc/$(systemctl show --value --property=MainPID {StoryUpdates.Daemon})/exe"));
    }

    private async Task AssertGivesWayAsync(string run, params string[] hooks)
    {
        await Eventually.TrueAsync("the run has given way", async () => (await Kubectl.GetAsync("patchrun", run)).Text("status.phase") == "Superseded", TimeSpan.FromMinutes(2));
        Assert.Equal(hooks, (await Kubectl.GetAsync("patchrun", run)).Items("status.hooks").Select(hook => hook.Text("state")));
    }

    private async Task AssertUntouchedAsync()
    {
        Assert.Empty(await cluster.SucceededAsync());
        Assert.All(await Kubectl.ListAsync("nodes"), node => Assert.False(node.IsCordoned()));
    }

    private async Task<string> RunSaysAsync(string phase, string message)
    {
        JsonNode? said = null;
        await Eventually.TrueAsync(
            $"a run is {phase}: {message}",
            async () => (said = (await Kubectl.ListAsync("patchruns")).FirstOrDefault(
                run => run.Text("status.phase") == phase && run.Text("status.message").StartsWith(message, StringComparison.Ordinal))) is not null,
            TimeSpan.FromMinutes(8));
        return said!.Name();
    }

    // The image of operator and agent, which every node has; the agent knows no such step, and says so.
    private sealed class Hook(string image, string argument)
    {
        public string Image => image;

        public string[] Command => ["/app/patch-agent", argument];

        public string Timeout { get; } = "1m";
    }
}
