using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.Logging.Abstractions;
using PatchOperator.Caches;
using PatchOperator.Connecting;
using PatchOperator.Resources;

namespace PatchOperator.Integration.Tests.Caches;

/// <summary>What is known of the cluster is what is there, whatever becomes of the connection.</summary>
public class InformerTests(ApiServerFixture api) : IClassFixture<ApiServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("cut")]
    [InlineData("refused for a while")]
    public async Task What_happens_while_the_connection_is_broken_is_known_afterwards(string connection)
    {
        var (stays, goes) = (await CreateAsync("stays"), await CreateAsync("goes"));
        await using var proxy = new TcpProxy(api.Configuration().Host);
        var configuration = proxy.Redirect(api.Configuration());
        using var client = new KubernetesClient(configuration, new HardenedKubernetes(configuration, TimeProvider.System));
        using var stop = new CancellationTokenSource();
        var world = new ClusterWorld(NullLogger<ClusterWorld>.Instance);
        var informer = new Informer<NodeResource>(client, world, new Watched<NodeResource>(world.Nodes), TimeProvider.System, NullLogger.Instance);
        var running = informer.RunAsync(stop.Token);
        await informer.Synced.WaitAsync(Patience);
        Assert.True(Knows(stays) && Knows(goes));

        if (connection == "cut")
            proxy.Cut();
        else
            proxy.Refuse();
        await api.Kubernetes.CoreV1.DeleteNodeAsync(goes);
        var comes = await CreateAsync("comes");
        proxy.Accept();

        await Eventually.TrueAsync(() => Knows(comes) && !Knows(goes), "the node that has come is known, and the one that has gone is not", Patience);
        Assert.True(Knows(stays));
        await stop.CancelAsync();
        await running;

        bool Knows(string node) => world.Snapshot.Nodes[node] is not null;
    }

    private async Task<string> CreateAsync(string hint)
    {
        var name = ApiServerFixture.UniqueName(hint);
        await api.Kubernetes.CoreV1.CreateNodeAsync(new V1Node { Metadata = new V1ObjectMeta { Name = name } });
        return name;
    }
}
