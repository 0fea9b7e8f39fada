using System.Diagnostics;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PatchOperator.Connecting;

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
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Error(code, "Busy", retryAfter: 0), ScriptedServer.Error(code, "Busy", retryAfter: 1), ScriptedServer.Json(Node));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        Assert.Equal("a", (await kubernetes.CoreV1.ReadNodeAsync("a")).Name());
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_always_asks_to_come_back_later_is_believed_ten_times()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(429, "TooManyRequests", retryAfter: 0));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        await AssertStatusAsync(HttpStatusCode.TooManyRequests, () => kubernetes.CoreV1.ReadNodeAsync("a"));
        Assert.Equal(11, server.Requests.Count);
    }

    [Fact]
    public async Task A_wait_longer_than_the_timeout_fails_at_once()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(429, "TooManyRequests", retryAfter: 3600));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        await AssertStatusAsync(HttpStatusCode.TooManyRequests, () => kubernetes.CoreV1.ReadNodeAsync("a"));
    }

    [Fact]
    public async Task A_refused_eviction_is_an_answer_and_not_an_overload()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(429, "TooManyRequests", retryAfter: 10));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

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
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        var e = await AssertStatusAsync(expected, () => kubernetes.CoreV1.ReadNodeAsync("a"));
        Assert.Equal("Why it is", KubernetesJson.Deserialize<V1Status>(e.Response.Content).Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_silent_server_is_given_up_on()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAsync);
        using var kubernetes = new HardenedKubernetes(Impatient(server), TimeProvider.System);

        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => kubernetes.CoreV1.ReadNodeAsync("a"));
        Assert.True(Stopwatch.GetElapsedTime(started) < Eventually.Soon);
    }

    [Fact]
    public async Task A_caller_can_stop()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAsync);
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);
        using var stop = new CancellationTokenSource();

        var reading = kubernetes.CoreV1.ReadNodeAsync("a", cancellationToken: stop.Token);
        await Eventually.TrueAsync(() => !server.Requests.IsEmpty, "the request arrived");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_server_that_is_away_is_an_HttpRequestException()
    {
        using var kubernetes = new HardenedKubernetes(new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" }, TimeProvider.System);

        await Assert.ThrowsAsync<HttpRequestException>(() => kubernetes.CoreV1.ReadNodeAsync("a"));
    }

    [Fact]
    public async Task A_body_that_stalls_is_given_up_on()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAfter(Node[..20]));
        using var kubernetes = new HardenedKubernetes(Impatient(server), TimeProvider.System);

        var given = await Assert.ThrowsAnyAsync<Exception>(() => kubernetes.CoreV1.ReadNodeAsync("a").WaitAsync(Eventually.Soon));

        // The request's time and the longest silence are over at once: whichever is noticed first.
        Assert.True(given is OperationCanceledException or IOException, given.ToString());
    }

    [Fact]
    public async Task A_body_that_stalls_can_be_stopped()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAfter(Node[..20]));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);
        using var stop = new CancellationTokenSource();

        var reading = kubernetes.CoreV1.ReadNodeAsync("a", cancellationToken: stop.Token);
        await Eventually.TrueAsync(() => !server.Requests.IsEmpty, "the request arrived");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Eventually.Soon));
    }

    [Fact]
    public async Task An_error_whose_body_stalls_is_given_up_on()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAfter("{", StatusCodes.Status500InternalServerError));
        using var kubernetes = new HardenedKubernetes(Impatient(server), TimeProvider.System);

        await Assert.ThrowsAnyAsync<Exception>(() => kubernetes.CoreV1.ReadNodeAsync("a").WaitAsync(Eventually.Soon));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_error_whose_body_stalls_can_be_stopped()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAfter("{", StatusCodes.Status500InternalServerError));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);
        using var stop = new CancellationTokenSource();

        var reading = kubernetes.CoreV1.ReadNodeAsync("a", cancellationToken: stop.Token);
        await Eventually.TrueAsync(() => !server.Requests.IsEmpty, "the request arrived");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => reading.WaitAsync(Eventually.Soon));
        Assert.True(reading.IsCompleted);
    }

    [Fact]
    public async Task A_log_that_stalls_is_an_error()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAfter("one\n"));
        using var kubernetes = new HardenedKubernetes(Impatient(server), TimeProvider.System);

        await using var log = await kubernetes.CoreV1.ReadNamespacedPodLogAsync("a", "b");
        using var reader = new StreamReader(log);

        await Assert.ThrowsAsync<IOException>(() => reader.ReadToEndAsync().WaitAsync(Eventually.Soon));
    }

    [Fact]
    public async Task A_watch_that_outlives_its_time_in_silence_is_an_error()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.SilenceAfterHeadersAsync);
        var time = new FakeTimeProvider();
        using var kubernetes = new HardenedKubernetes(server.Configuration, time);
        var watch = kubernetes.CoreV1.ListNodeWithHttpMessagesAsync(watch: true, timeoutSeconds: 1);
        await Eventually.TrueAsync(() => !server.Requests.IsEmpty, "the request arrived");

        // One second that the server was asked for, and half a minute of grace.
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(31));
                return watch.IsFaulted;
            },
            "the watch failed");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => watch);
        Assert.True(failure is IOException or HttpRequestException, failure.ToString());
    }

    [Fact]
    public async Task A_watch_asks_the_server_to_end_it()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Lines(cut: false, "{}\n"));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        using var response = await kubernetes.CoreV1.ListNodeWithHttpMessagesAsync(watch: true);

        Assert.Matches("watch=true&timeoutSeconds=(2[4-9][0-9]|300)$", server.Requests.Single());
    }

    [Fact]
    public async Task The_same_request_is_sent_again_body_and_all()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(503, "Busy", retryAfter: 0), ScriptedServer.Json(Node));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        await kubernetes.CoreV1.CreateNodeAsync(new V1Node { Metadata = new V1ObjectMeta { Name = "a" } });

        Assert.Equal(2, server.Bodies.Count);
        Assert.Single(server.Bodies.Distinct());
        Assert.Contains("\"name\":\"a\"", server.Bodies.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Managed_fields_are_not_read()
    {
        const string Managed =
            """{"apiVersion":"v1","kind":"Node","metadata":{"name":"a","managedFields":[{"manager":"b","fieldsV1":{"f:c":{}}}],"labels":{"d":"e"}}}""";
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(Managed));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        var node = await kubernetes.CoreV1.ReadNodeAsync("a");

        Assert.Null(node.Metadata.ManagedFields);
        Assert.Equal("e", node.Metadata.Labels["d"]);
    }

    [Fact]
    public async Task A_log_is_read_as_a_stream()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Lines(cut: false, "one\n", "two\n"));
        using var kubernetes = new HardenedKubernetes(server.Configuration, TimeProvider.System);

        await using var log = await kubernetes.CoreV1.ReadNamespacedPodLogAsync("a", "b", container: "c", tailLines: 2);
        using var reader = new StreamReader(log);

        Assert.Equal("one\ntwo\n", await reader.ReadToEndAsync());
        Assert.Equal("GET /api/v1/namespaces/b/pods/a/log?container=c&tailLines=2", server.Requests.Single());
    }

    private static KubernetesClientConfiguration Impatient(ScriptedServer server)
    {
        var config = server.Configuration;
        config.HttpClientTimeout = TimeSpan.FromSeconds(1);
        return config;
    }

    private static async Task<HttpOperationException> AssertStatusAsync(HttpStatusCode expected, Func<Task> request)
    {
        var e = await Assert.ThrowsAsync<HttpOperationException>(request);
        Assert.Equal(expected, e.Response.StatusCode);
        return e;
    }
}
