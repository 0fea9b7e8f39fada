using k8s;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using PatchOperator.Caches;
using PatchOperator.Connecting;
using PatchOperator.Integration.Tests.Sdk;
using PatchOperator.Resources;

namespace PatchOperator.Integration.Tests.Connecting;

/// <summary>Of what the API server sends, only what is used is kept.</summary>
public sealed class SlimReadingTests(ApiServerFixture api) : IClassFixture<ApiServerFixture>
{
    [Fact]
    public async Task Equal_strings_of_many_objects_are_one()
    {
        var (first, second) = (await ReadTwiceAsync());

        Assert.NotSame(first, second);
        Assert.Same(first.Metadata.Labels["zone"], second.Metadata.Labels["zone"]);
        Assert.Same(first.Metadata.Labels.Keys.Single(), second.Metadata.Labels.Keys.Single());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ä\\u00e9\\n\\\"quoted\\\"")]
    [InlineData("\U0001F680")]
    public async Task A_string_is_read_as_it_was_sent(string json)
    {
        await using var server =
            await ScriptedServer.StartAsync(ScriptedServer.Json($$"""{"kind":"Node","metadata":{"name":"a","annotations":{"b":"{{json}}"} } }"""));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        var node = await kubernetes.CoreV1.ReadNodeAsync("a");

        Assert.Equal(System.Text.Json.JsonSerializer.Deserialize<string>($"\"{json}\""), node.Metadata.Annotations["b"]);
    }

    [Fact]
    public async Task A_long_string_is_read_whole()
    {
        var text = new string('x', 5000);
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json($$"""{"kind":"Node","metadata":{"name":"{{text}}"} }"""));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        Assert.Equal(text, (await kubernetes.CoreV1.ReadNodeAsync("a")).Name());
    }

    [Fact]
    public async Task Images_of_a_node_are_not_even_looked_at()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json("""{"kind":"Node","metadata":{"name":"a"},"status":{"images":"no list at all","nodeInfo":{"bootID":"b"}} }"""));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);
        using var nodes = new GenericClient(kubernetes, "v1", "nodes", disposeClient: false);

        Assert.Equal("b", Projections.Node(await nodes.ReadAsync<NodeResource>("a")).BootId);
    }

    [Fact]
    public async Task What_is_read_of_a_node_is_what_the_client_reads()
    {
        var name = ApiServerFixture.UniqueName("slim");
        var node = new V1Node
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                Labels = new Dictionary<string, string> { ["a"] = "b" },
                Annotations = new Dictionary<string, string> { ["patchoperator.io/cordoned-by"] = "run" },
            },
            Spec = new V1NodeSpec { Unschedulable = true, Taints = [new V1Taint { Key = "c", Effect = "NoSchedule" }] },
        };
        await api.Kubernetes.CoreV1.CreateNodeAsync(node);
        const string Status = """{"status":{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}],"""
            + """ "nodeInfo":{"bootID":"boot","osImage":"Debian","kernelVersion":"6.1"}}}""";
        var whole = await api.Kubernetes.CoreV1.PatchNodeStatusAsync(new V1Patch(Status, V1Patch.PatchType.MergePatch), name);
        using var kubernetes = new HardenedKubernetes(api.Configuration(), TimeProvider.System);
        using var nodes = new GenericClient(kubernetes, "v1", "nodes", disposeClient: false);

        var facts = Projections.Node((await nodes.ListAsync<EntityList<NodeResource>>(fieldSelector: $"metadata.name={name}")).Items.Single());

        Assert.Equal((name, whole.Metadata.Uid, "boot", "Debian", "6.1"), (facts.Name, facts.Uid, facts.BootId, facts.OsImage, facts.KernelVersion));
        Assert.Equal((true, true, true, "run", "b"), (facts.Unschedulable, facts.Tainted, facts.Ready, facts.CordonedBy, facts.Labels["a"]));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), facts.ReadySince);
    }

    private static async Task<(V1Node First, V1Node Second)> ReadTwiceAsync()
    {
        await using var server =
            await ScriptedServer.StartAsync(ScriptedServer.Json("""{"kind":"Node","metadata":{"name":"a","labels":{"zone":"europe-west1-b"}} }"""));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);
        return (await kubernetes.CoreV1.ReadNodeAsync("a"), await kubernetes.CoreV1.ReadNodeAsync("a"));
    }
}
