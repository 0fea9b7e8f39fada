using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

[Collection(HeldRolloutCollection.Name)]
public sealed class HealthCheckTests(HeldRolloutCluster cluster) : IAsyncLifetime
{
    private static readonly Workload Shop = Workload.AWorkload("shop").AtLeast(0);

    private Kubectl Kubectl => cluster.Kubectl;

    private Waiting Eventually => cluster.Eventually;

    public Task InitializeAsync() => cluster.CleanAsync(ClusterFixture.Nodes, StoryUpdates.Well);

    public Task DisposeAsync() => Kubectl.RunAsync("delete", "namespace", Workload.Namespace, "--wait=false");

    [Fact]
    public async Task Nothing_begins_while_a_check_fails_and_one_that_fails_while_the_canary_soaks_halts_the_run()
    {
        // No node has this name, so that its pod is never there.
        await Kubectl.ApplyAsync(Shop.On("nowhere"));
        await Kubectl.ApplyAsync(PatchWindow.Open, Policy.APolicy("healthy").Of(StoryUpdates.Well).InPlace().WithACanary(soak: "30s").While(Shop));
        await RunSaysAsync("Running", "check shop fails: Deployment stories/shop: Available is False, MinimumReplicasUnavailable; 3 nodes wait");
        Assert.Empty(await cluster.SucceededAsync());

        await Kubectl.ApplyAsync(Shop);
        await RunSaysAsync("Soaking", "wave canary has finished and soaks until");
        var canary = Assert.Single(await cluster.SucceededAsync());

        await Kubectl.ApplyAsync(Shop.On("nowhere"));
        var run = await RunSaysAsync("Halted", "while wave canary soaked, check shop fails: Deployment stories/shop: Available is False");
        Assert.Equal(canary, Assert.Single(await cluster.SucceededAsync()));

        await Kubectl.ApplyAsync(Shop);
        await Eventually.TrueAsync("the shop is available", async () =>
            (await Kubectl.GetAsync("deployment", Shop.Name, $"--namespace={Workload.Namespace}")).Condition("Available").Text("status") == "True");
        await Kubectl.RunAsync("annotate", "patchrun", run, "patchoperator.io/resume=true");
        await RunSaysAsync("Succeeded", "3 nodes patched and verified");
    }

    private async Task<string> RunSaysAsync(string phase, string message)
    {
        var name = "";
        await Eventually.TrueAsync(
            $"the run is {phase}: {message}",
            async () =>
            {
                var run = (await Kubectl.ListAsync("patchruns")).SingleOrDefault();
                name = run?.Name() ?? "";
                return run?.Text("status.phase") == phase && run.Text("status.message").StartsWith(message, StringComparison.Ordinal);
            },
            TimeSpan.FromMinutes(8));
        return name;
    }
}
