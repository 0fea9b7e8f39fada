using System.Diagnostics;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>What happens to a request when the server has a bad day.</summary>
public sealed class FailureTests
{
    private const string Node = """{"apiVersion":"v1","kind":"Node","metadata":{"name":"a"}}""";

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task A_server_that_asks_to_come_back_later_is_asked_again(int code)
    {
        if (!Standin.InUse)
            return;

        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Error(code, "Busy", retryAfter: 0), ScriptedServer.Error(code, "Busy", retryAfter: 1), ScriptedServer.Json(Node));
        using var kubernetes = new Kubernetes(server.Configuration);

        Assert.Equal("a", (await kubernetes.CoreV1.ReadNodeAsync("a")).Name());
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_always_asks_to_come_back_later_is_believed_ten_times()
    {
        if (!Standin.InUse)
            return;

        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(429, "TooManyRequests", retryAfter: 0));
        using var kubernetes = new Kubernetes(server.Configuration);

        await AssertStatusAsync(HttpStatusCode.TooManyRequests, () => kubernetes.CoreV1.ReadNodeAsync("a"));
        Assert.Equal(11, server.Requests.Count);
    }

    [Fact]
    public async Task A_wait_longer_than_the_timeout_fails_at_once()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(429, "TooManyRequests", retryAfter: 3600));
        using var kubernetes = new Kubernetes(server.Configuration);

        await AssertStatusAsync(HttpStatusCode.TooManyRequests, () => kubernetes.CoreV1.ReadNodeAsync("a"));
    }

    [Fact]
    public async Task A_refused_eviction_is_an_answer_and_not_an_overload()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(429, "TooManyRequests", retryAfter: 10));
        using var kubernetes = new Kubernetes(server.Configuration);

        await AssertStatusAsync(
            HttpStatusCode.TooManyRequests, () => kubernetes.CoreV1.CreateNamespacedPodEvictionAsync(new V1Eviction(), "a", "b"));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(500, HttpStatusCode.InternalServerError)]
    [InlineData(409, HttpStatusCode.Conflict)]
    [InlineData(429, HttpStatusCode.TooManyRequests)]
    public async Task Any_other_error_is_thrown_as_it_is(int code, HttpStatusCode expected)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(code, "Why"));
        using var kubernetes = new Kubernetes(server.Configuration);

        var e = await AssertStatusAsync(expected, () => kubernetes.CoreV1.ReadNodeAsync("a"));
        Assert.Equal("Why it is", KubernetesJson.Deserialize<V1Status>(e.Response.Content).Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_silent_server_is_given_up_on()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAsync);
        using var kubernetes = new Kubernetes(server.Configuration) { HttpClientTimeout = TimeSpan.FromSeconds(1) };

        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => kubernetes.CoreV1.ReadNodeAsync("a"));
        Assert.True(Stopwatch.GetElapsedTime(started) < Eventually.Soon);
    }

    [Fact]
    public async Task A_caller_can_stop()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAsync);
        using var kubernetes = new Kubernetes(server.Configuration);
        using var stop = new CancellationTokenSource();

        var reading = kubernetes.CoreV1.ReadNodeAsync("a", cancellationToken: stop.Token);
        await Eventually.TrueAsync(() => !server.Requests.IsEmpty, "the request arrived");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_server_that_is_away_is_an_HttpRequestException()
    {
        using var kubernetes = new Kubernetes(new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" });

        await Assert.ThrowsAsync<HttpRequestException>(() => kubernetes.CoreV1.ReadNodeAsync("a"));
    }

    [Fact]
    public async Task A_watch_that_outlives_its_time_in_silence_is_an_error()
    {
        if (!Standin.InUse)
            return; // the package waits for ever

        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAfterHeadersAsync);
        using var kubernetes = new Kubernetes(server.Configuration);
        var request = kubernetes.CoreV1.ListNodeWithHttpMessagesAsync(watch: true, timeoutSeconds: 1);

#pragma warning disable CS0618 // the only watch whose time can be set
        await using var watch = request.WatchAsync<V1Node, V1NodeList>().GetAsyncEnumerator();
#pragma warning restore CS0618
        await Assert.ThrowsAsync<IOException>(() => watch.MoveNextAsync().AsTask().WaitAsync(Eventually.Soon));
    }

    [Fact]
    public async Task A_watch_asks_the_server_to_end_it()
    {
        if (!Standin.InUse)
            return;

        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Lines(cut: false));
        using var kubernetes = new Kubernetes(server.Configuration);

        using var response = await kubernetes.CoreV1.ListNodeWithHttpMessagesAsync(watch: true);

        Assert.Matches("timeoutSeconds=(2[4-9][0-9]|300)&watch=true|watch=true&timeoutSeconds=(2[4-9][0-9]|300)", server.Requests.Single());
    }

    [Fact]
    public async Task A_log_is_read_as_a_stream()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Lines(cut: false, "one\n", "two\n"));
        using var kubernetes = new Kubernetes(server.Configuration);

        await using var log = await kubernetes.CoreV1.ReadNamespacedPodLogAsync("a", "b", container: "c", tailLines: 2);
        using var reader = new StreamReader(log);

        Assert.Equal("one\ntwo\n", await reader.ReadToEndAsync());
        Assert.Equal("GET /api/v1/namespaces/b/pods/a/log?container=c&tailLines=2", server.Requests.Single());
    }

    private static async Task<HttpOperationException> AssertStatusAsync(HttpStatusCode expected, Func<Task> request)
    {
        var e = await Assert.ThrowsAsync<HttpOperationException>(request);
        Assert.Equal(expected, e.Response.StatusCode);
        return e;
    }
}
