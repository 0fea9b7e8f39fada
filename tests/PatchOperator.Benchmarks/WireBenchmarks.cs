using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using k8s;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.KubernetesClient;
using PatchOperator.Caches;
using PatchOperator.Connecting;
using PatchOperator.Fleet;
using PatchOperator.Resources;

namespace PatchOperator.Benchmarks;

/// <summary>What reading 5,000 Nodes of 12 KB costs, listed and as events of a watch: the client by itself as the peer, and as we use it.</summary>
[MemoryDiagnoser]
public class WireBenchmarks : IDisposable
{
    private const int Nodes = 5000;

    private Kubernetes plain = null!;
    private KubernetesClient ours = null!;

    [GlobalSetup]
    public void SetUp()
    {
        var nodes = Enumerable.Range(0, Nodes).Select(number => KubernetesJson.Serialize(FleetNodes.Node(number))).ToList();
        var list =
            Encoding.UTF8.GetBytes($$"""{"apiVersion":"v1","kind":"NodeList","metadata":{"resourceVersion":"1"},"items":[{{string.Join(',', nodes)}}]}""");
        var events = Encoding.UTF8.GetBytes(string.Concat(nodes.Select(node => $"{{\"type\":\"MODIFIED\",\"object\":{node}}}\n")));
        var config = new KubernetesClientConfiguration { Host = "http://nobody.test" };
        plain = new Kubernetes(new KubernetesClientConfiguration { Host = "http://nobody.test" }, new Recorded(list, events));
        ours = new KubernetesClient(config, new HardenedKubernetes(config, TimeProvider.System, new Recorded(list, events)));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        plain.Dispose();
        ours.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "list: the client")]
    public async Task<int> PlainList() => (await plain.CoreV1.ListNodeAsync()).Items.Count;

    [Benchmark(Description = "list: slim types")]
    public async Task<int> SlimList()
    {
        using var nodes = new GenericClient(ours.ApiClient, "v1", "nodes", disposeClient: false);
        return (await nodes.ListAsync<EntityList<NodeResource>>()).Items.Select(Projections.Node).Count(node => node!.Ready);
    }

    [Benchmark(Description = "watch: the client")]
    public async Task<int> PlainWatch()
    {
        using var nodes = new GenericClient(plain, "v1", "nodes", disposeClient: false);
        return await nodes.WatchAsync<V1Node>().CountAsync();
    }

    [Benchmark(Description = "watch: slim types, each event parsed once")]
    public async Task<int> SlimWatch() => await ours.WatchAsync<NodeResource>().CountAsync();

    /// <summary>Answers what was recorded, without a server whose own cost would be counted.</summary>
    private sealed class Recorded(byte[] list, byte[] events) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new ByteArrayContent(request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal) ? events : list),
            });
    }
}
