using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.KubernetesClient;
using PatchOperator.Connecting;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>One watch session: what it reports, and that it never just falls silent.</summary>
public sealed class WatchTests(ApiServerFixture api) : IClassFixture<ApiServerFixture>
{
    [Fact]
    public async Task Each_change_is_reported_in_order()
    {
        var name = ApiServerFixture.UniqueName("watched");
        using var client = Client(api.Configuration());
        await using var watch = await WatchFromNowAsync(client, name);

        await CreateNodeAsync(name);
        await api.Kubernetes.CoreV1.PatchNodeAsync(new V1Patch(new { spec = new { unschedulable = true } }, V1Patch.PatchType.MergePatch), name);
        await api.Kubernetes.CoreV1.DeleteNodeAsync(name);

        await AssertNextAsync(watch, WatchEventType.Added, name);
        Assert.True((await AssertNextAsync(watch, WatchEventType.Modified, name)).Spec.Unschedulable);
        await AssertNextAsync(watch, WatchEventType.Deleted, name);
    }

    [Fact]
    public async Task A_session_goes_on_where_another_ended()
    {
        var name = ApiServerFixture.UniqueName("watched");
        using var client = Client(api.Configuration());
        var version = await CurrentVersionAsync(client);
        await CreateNodeAsync(name); // nobody watches

        await using var watch = client.WatchAsync<V1Node>(resourceVersion: version, fieldSelector: $"metadata.name={name}").GetAsyncEnumerator();

        await AssertNextAsync(watch, WatchEventType.Added, name);
    }

    [Fact]
    public async Task A_version_the_server_has_forgotten_is_gone()
    {
        await Widget.InstallAsync(api.Kubernetes); // later than version 1
        using var client = Client(api.Configuration());

        var e = await EndOfAsync(client.WatchAsync<Widget>(resourceVersion: "1"));

        Assert.True(IsGone(e), e?.ToString());
    }

    [Fact]
    public async Task Gone_as_a_status_is_gone_too()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(410, "Expired"));
        using var client = Client(server.Configuration);

        var e = await EndOfAsync(client.WatchAsync<V1Node>(resourceVersion: "1"));

        Assert.True(IsGone(e), e?.ToString());
        if (Standin.InUse)
            Assert.Equal(410, Assert.IsType<KubernetesException>(e).Status.Code);
    }

    [Fact]
    public async Task An_error_event_is_an_exception()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Lines(cut: false, Event("ADDED", Node("a", "7")), Event("ERROR", ScriptedServer.StatusJson(500, "Broken"))));
        using var client = Client(server.Configuration);

        var e = Assert.IsType<KubernetesException>(await EndOfAsync(client.WatchAsync<V1Node>()));
        Assert.Equal(500, e.Status.Code);
    }

    [Fact]
    public async Task Bookmarks_carry_a_version_and_nothing_else()
    {
        const string Nothing = """{"kind":"Node","apiVersion":"v1","metadata":{"resourceVersion":"42","creationTimestamp":null},"spec":{}}""";
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Lines(cut: false, Event("BOOKMARK", Nothing)));
        using var client = Client(server.Configuration);
        await using var watch = client.WatchAsync<V1Node>(allowWatchBookmarks: true).GetAsyncEnumerator();

        Assert.True(await watch.MoveNextAsync());

        Assert.Equal(WatchEventType.Bookmark, watch.Current.Type);
        Assert.Equal("42", watch.Current.Entity.ResourceVersion());
        Assert.Contains("allowWatchBookmarks=true", server.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_the_server_ends_just_ends()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Lines(cut: false, Event("ADDED", Node("a", "7"))));
        using var client = Client(server.Configuration);

        Assert.Null(await EndOfAsync(client.WatchAsync<V1Node>()));
    }

    [Fact]
    public async Task An_event_that_was_cut_short_is_an_error()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Lines(cut: false, Event("ADDED", Node("a", "7")), """{"type":"ADDED","object":{"kind":"No"""));
        using var client = Client(server.Configuration);

        Assert.NotNull(await EndOfAsync(client.WatchAsync<V1Node>()));
    }

    [Fact]
    public async Task A_cut_connection_is_an_error()
    {
        await using var proxy = new TcpProxy(api.Configuration().Host);
        using var client = Client(proxy.Redirect(api.Configuration()));
        var name = ApiServerFixture.UniqueName("watched");
        await using var watch = await WatchFromNowAsync(client, name);
        await CreateNodeAsync(name);
        await AssertNextAsync(watch, WatchEventType.Added, name);

        var next = watch.MoveNextAsync().AsTask();
        proxy.Cut();

        await Assert.ThrowsAnyAsync<Exception>(() => next.WaitAsync(Eventually.Soon));
        Assert.False(next.IsCanceled);
        Assert.True(next.IsFaulted);
    }

    [Fact]
    public async Task A_connection_that_is_open_but_dead_is_an_error()
    {
        await using var proxy = new TcpProxy(api.Configuration().Host);
        using var client = Client(proxy.Redirect(api.Configuration()));
        var name = ApiServerFixture.UniqueName("watched");
        await using var watch = await WatchFromNowAsync(client, name);
        await CreateNodeAsync(name);
        await AssertNextAsync(watch, WatchEventType.Added, name);

        var next = watch.MoveNextAsync().AsTask();
        proxy.Freeze();

        await Assert.ThrowsAnyAsync<Exception>(() => next.WaitAsync(Eventually.Late));
        Assert.True(next.IsFaulted);
    }

    [Fact]
    public async Task A_watch_that_never_began_is_an_error()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAsync);
        var config = server.Configuration;
        config.HttpClientTimeout = TimeSpan.FromSeconds(1);
        using var client = Client(config);

        Assert.IsType<IOException>(await EndOfAsync(client.WatchAsync<V1Node>()));
    }

    [Fact]
    public async Task A_watch_can_be_stopped()
    {
        using var client = Client(api.Configuration());
        using var stop = new CancellationTokenSource();
        var version = await CurrentVersionAsync(client);

        var end = EndOfAsync(client.WatchAsync<V1Node>(resourceVersion: version, labelSelector: "nobody", cancellationToken: stop.Token));
        await stop.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await Eventually.ResultAsync(end));
    }

    private static KubernetesClient Client(KubernetesClientConfiguration configuration) =>
        new(configuration, new HardenedKubernetes(configuration, TimeProvider.System));

    private static bool IsGone(Exception? e) =>
        e is KubernetesException { Status.Code: 410 } or HttpOperationException { Response.StatusCode: HttpStatusCode.Gone };

    private static string Node(string name, string version) =>
        $$"""{"kind":"Node","apiVersion":"v1","metadata":{"name":"{{name}}","resourceVersion":"{{version}}"} }""";

    private static string Event(string type, string json) => $"{{\"type\":\"{type}\",\"object\":{json}}}\n";

    private static async Task<string> CurrentVersionAsync(KubernetesClient client)
    {
        using var nodes = new GenericClient(client.ApiClient, "v1", "nodes", disposeClient: false);
        return (await nodes.ListAsync<EntityList<V1Node>>(limit: 1)).Metadata.ResourceVersion;
    }

    private static async Task<IAsyncEnumerator<(WatchEventType Type, V1Node Entity)>> WatchFromNowAsync(KubernetesClient client, string name) =>
        client.WatchAsync<V1Node>(resourceVersion: await CurrentVersionAsync(client), fieldSelector: $"metadata.name={name}").GetAsyncEnumerator();

    private static async Task<V1Node> AssertNextAsync(
        IAsyncEnumerator<(WatchEventType Type, V1Node Entity)> watch, WatchEventType type, string name)
    {
        Assert.True(await watch.MoveNextAsync().AsTask().WaitAsync(Eventually.Soon));
        Assert.Equal(type, watch.Current.Type);
        Assert.Equal(name, watch.Current.Entity.Name());
        return watch.Current.Entity;
    }

    /// <summary>How a session ends: with an exception, or without.</summary>
    private static async Task<Exception?> EndOfAsync<T>(IAsyncEnumerable<(WatchEventType Type, T Entity)> session)
    {
        return await Eventually.ResultAsync(Record.ExceptionAsync(ReadAsync));

        async Task ReadAsync()
        {
            await foreach (var _ in session)
            {
                // Only the end matters.
            }
        }
    }

    private Task<V1Node> CreateNodeAsync(string name) =>
        api.Kubernetes.CoreV1.CreateNodeAsync(new V1Node { Metadata = new V1ObjectMeta { Name = name } }.Initialize());
}
