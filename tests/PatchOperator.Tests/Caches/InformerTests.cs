using System.Web;
using k8s;
using KubeOps.KubernetesClient;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Connecting;

namespace PatchOperator.Tests.Caches;

/// <summary>What is known stays equal to what the API server has, whatever becomes of the watch.</summary>
public sealed class InformerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly ClusterWorld world = new(NullLogger<ClusterWorld>.Instance);
    private readonly CancellationTokenSource stop = new();
    private ScriptedServer? server;
    private Task running = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
        if (server is not null)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task What_is_listed_is_known_and_each_event_changes_it()
    {
        await StartAsync(
            List("10", Run("a", 5), Run("b", 6)), ScriptedServer.Lines(false, Event("ADDED", Run("c", 11)), Event("MODIFIED", Run("a", 12)), Event("DELETED", Run("b", 13))));

        await KnownAsync("a 12", "c 11");
        Assert.Equal(["list", "watch 10"], (await RequestsAsync(2)).Take(2));
    }

    [Fact]
    public async Task A_watch_that_the_server_ends_goes_on_where_it_was()
    {
        await StartAsync(List("10", Run("a", 5)), ScriptedServer.Lines(false, Event("MODIFIED", Run("a", 12))), ScriptedServer.Lines(false, Event("ADDED", Run("b", 14))));

        await KnownAsync("a 12", "b 14");
        Assert.Equal(["list", "watch 10", "watch 12", "watch 14"], await RequestsAsync(4));
    }

    [Fact]
    public async Task A_watch_that_breaks_goes_on_where_it_was()
    {
        await StartAsync(List("10", Run("a", 5)), ScriptedServer.Lines(false, Event("MODIFIED", Run("a", 12)), "{\"type\":\"MODIF"), ScriptedServer.Lines(false, Event("DELETED", Run("a", 14))));

        await KnownAsync();
        Assert.Equal(["list", "watch 10", "watch 12"], (await RequestsAsync(3)).Take(3));
    }

    [Fact]
    public async Task A_bookmark_moves_the_watch_on_and_tells_of_no_object()
    {
        await StartAsync(
            List("10", Run("a", 5)),
            ScriptedServer.Lines(false, """{"type":"BOOKMARK","object":{"apiVersion":"patchoperator.io/v1alpha1","kind":"PatchRun","metadata":{"resourceVersion":"50"}}}""" + "\n"));

        Assert.Equal(["list", "watch 10", "watch 50"], await RequestsAsync(3));
        Assert.Equal(["a 5"], Known());
    }

    public static TheoryData<string, RequestDelegate> Gone => new()
    {
        { "as an event", ScriptedServer.Lines(false, """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410}}""" + "\n") },
        { "as an answer", ScriptedServer.Status(410, """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410}""", ("Content-Type", "application/json")) },
    };

    /// <summary>No event will ever tell of the deletion of a.</summary>
    [Theory, MemberData(nameof(Gone))]
    public async Task Where_the_server_has_forgotten_the_version_all_is_listed_anew(string how, RequestDelegate gone)
    {
        await StartAsync(List("10", Run("a", 5), Run("b", 6)), gone, List("30", Run("b", 6), Run("c", 25)));

        await KnownAsync("b 6", "c 25");
        Assert.True(new[] { "list", "watch 10", "list", "watch 30" }.SequenceEqual(await RequestsAsync(4)), how);
    }

    /// <summary>As after a restored etcd, which does not have the version yet and refuses it for as long as it is asked for.</summary>
    [Fact]
    public async Task After_four_failures_in_a_row_all_is_listed_anew()
    {
        var broken = ScriptedServer.Status(StatusCodes.Status500InternalServerError);
        await StartAsync(List("30", Run("a", 25), Run("b", 28)), broken, broken, broken, broken, List("20", Run("a", 15)));

        await KnownAsync("a 15");
        Assert.Equal(["list", "watch 30", "watch 30", "watch 30", "watch 30", "list", "watch 20"], await RequestsAsync(7));
    }

    [Fact]
    public async Task A_list_that_fails_is_tried_again()
    {
        await StartAsync(ScriptedServer.Status(StatusCodes.Status500InternalServerError), List("10", Run("a", 5)));

        await KnownAsync("a 5");
        Assert.Equal(["list", "list", "watch 10"], await RequestsAsync(3));
    }

    [Fact]
    public async Task A_list_in_pages_is_one_list()
    {
        await StartAsync(
            List("10", Run("a", 5), Run("b", 6)), ScriptedServer.Status(410),
            Page("30", "next", Run("b", 6)), List("30", Run("c", 25)));

        await KnownAsync("b 6", "c 25");
        Assert.Equal(["list", "watch 10", "list", "list next", "watch 30"], await RequestsAsync(5));
    }

    private async Task StartAsync(params RequestDelegate[] script)
    {
        server = await ScriptedServer.StartAsync([.. script, ScriptedServer.SilenceAfterHeadersAsync]);
        var configuration = new KubernetesClientConfiguration { Host = server.Url };
        var client = new KubernetesClient(configuration, new HardenedKubernetes(configuration, TimeProvider.System));
        var informer = new Informer<PatchRun>(client, world, new Watched<PatchRun>(world.Runs), time, NullLogger.Instance);
        running = RunAsync();

        async Task RunAsync()
        {
            using (client)
                await informer.RunAsync(stop.Token);
        }
    }

    private IEnumerable<string> Known() =>
        world.Snapshot.Runs.All.Select(run => $"{run.Metadata.Name} {run.Metadata.ResourceVersion}").Order(StringComparer.Ordinal);

    private Task KnownAsync(params string[] runs) => PassAsync(() => Known().SequenceEqual(runs), $"known is {string.Join(", ", runs)}");

    private async Task<IReadOnlyList<string>> RequestsAsync(int count)
    {
        await PassAsync(() => server!.Requests.Count >= count, $"{count} requests were made");
        return [.. server!.Requests.Select(Describe)];
    }

    // Between two attempts there are pauses.
    private Task PassAsync(Func<bool> condition, string what) => Eventually.TrueAsync(
        () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return condition();
        },
        what);

    private static string Describe(string request)
    {
        var query = HttpUtility.ParseQueryString(request[(request.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        return query["watch"] is not null ? $"watch {query["resourceVersion"]}" : $"list {query["continue"]}".TrimEnd();
    }

    private static string Run(string name, int version) =>
        $$$"""{"apiVersion":"patchoperator.io/v1alpha1","kind":"PatchRun","metadata":{"name":"{{{name}}}","uid":"uid-{{{name}}}","resourceVersion":"{{{version}}}"}}""";

    private static string Event(string type, string run) => $$"""{"type":"{{type}}","object":{{run}}}""" + "\n";

    private static RequestDelegate List(string version, params string[] runs) => Page(version, "", runs);

    private static RequestDelegate Page(string version, string next, params string[] runs) => ScriptedServer.Json(
        $$$"""{"apiVersion":"patchoperator.io/v1alpha1","kind":"PatchRunList","metadata":{"resourceVersion":"{{{version}}}","continue":"{{{next}}}"},"items":[{{{string.Join(',', runs)}}}]}""");
}
