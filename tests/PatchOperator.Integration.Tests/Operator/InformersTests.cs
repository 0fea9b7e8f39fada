using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PatchOperator.Api;
using PatchOperator.Caches;

namespace PatchOperator.Integration.Tests.Operator;

[Collection(OperatorCollection.Name)]
public class InformersTests(OperatorFixture cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What the leader before it has reserved a moment ago: a watch would tell of it a moment later.</summary>
    [Fact]
    public async Task A_new_leader_knows_what_was_written_before_it_led()
    {
        var options = new OperatorOptions { JobNamespace = cluster.Namespace, AgentImage = "patch-operator:test", ToolsImage = "patch-operator-tools:test" };
        var world = new ClusterWorld(NullLogger<ClusterWorld>.Instance);
        using var informers = new Informers(cluster.Client, world, options, TimeProvider.System, NullLogger<Informers>.Instance);
        await informers.StartAsync(CancellationToken.None);
        await informers.Synced.WaitAsync(Patience, TimeProvider.System);

        var name = ApiServerFixture.UniqueName("plan");
        await cluster.Client.CreateAsync(new PatchPlan
        {
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new PatchPlanSpec { Policy = new PolicyReference { Name = "none", Uid = "none" } },
        });
        await informers.RefreshAsync(CancellationToken.None);
        Assert.NotNull(world.Snapshot.Plans[name]);

        await cluster.Client.DeleteAsync<PatchPlan>(name);
        await informers.RefreshAsync(CancellationToken.None);
        Assert.Null(world.Snapshot.Plans[name]);
        await informers.StopAsync(CancellationToken.None);
    }
}
