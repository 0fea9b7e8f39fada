using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Health;
using static PatchOperator.Testing.ScriptedServer;

namespace PatchOperator.Tests.Health;

/// <summary>What a Prometheus answers on a bad day; a real one is asked in the integration tests.</summary>
public class HealthProbesTests
{
    private const string Samples = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"0"]}]}}""";
    private const string NoSamples = """{"status":"success","data":{"resultType":"vector","result":[]}}""";
    private const string Firing = """{"status":"success","data":{"alerts":[{"labels":{"alertname":"ApiDown"},"state":"firing"},{"labels":{"alertname":"ApiSlow"},"state":"pending"}]}}""";

    /// <summary>Status code and body; whether it passes, and what is said.</summary>
    public static TheoryData<int, string, bool?, string> Answers => new()
    {
        { 200, Samples, true, "" },
        { 200, NoSamples, false, "the query has no samples: up" },
        { 200, """{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}""", null, "the query gives a scalar, not a vector of samples" },
        { 400, """{"status":"error","errorType":"bad_data","error":"parse error"}""", null, "Prometheus says: parse error" },
        { 503, "<html>upstream is down</html>", null, "URL answers 503, and not as Prometheus does" },
        { 200, "[]", null, "URL answers 200, and not as Prometheus does" },
        { 302, "", null, "URL answers 302, and not as Prometheus does" },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task A_query_passes_only_where_Prometheus_says_that_it_has_samples(int code, string body, bool? passes, string message)
    {
        await using var server = await StartAsync(Status(code, body, ("Location", "http://127.0.0.1:1/")));

        var found = await AskAsync(new HealthCheck { Prometheus = new PrometheusCheck { Url = server.Url, Query = "up" } });

        Assert.Equal(new HealthFacts(passes, message.Replace("URL", server.Url, StringComparison.Ordinal)), found);
        Assert.Equal("GET /api/v1/query?query=up", Assert.Single(server.Requests));
    }

    /// <summary>What counts and what does not; whether pending ones do; what is said, null where all is well.</summary>
    [Theory]
    [InlineData(null, null, false, "alerts: ApiDown (firing)")]
    [InlineData(null, null, true, "alerts: ApiDown (firing), ApiSlow (pending)")]
    [InlineData("Api", null, true, null)]
    [InlineData("Api.*", null, false, "alerts: ApiDown (firing)")]
    [InlineData("Api.*", ".*Down|Watchdog", true, "alerts: ApiSlow (pending)")]
    [InlineData(null, ".*Down", false, null)]
    public async Task Alerts_count_by_their_whole_names(string? matching, string? ignoring, bool pending, string? message)
    {
        await using var server = await StartAsync(Status(200, Firing));
        var alerts = new AlertsCheck { Url = $"{server.Url}/", Matching = matching, Ignoring = ignoring, IncludePending = pending };

        Assert.Equal(message is null ? HealthFacts.Well : new HealthFacts(false, message), await AskAsync(new HealthCheck { Alerts = alerts }));
        Assert.Equal("GET /api/v1/alerts", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task What_cannot_be_reached_is_not_known()
    {
        var found = await AskAsync(new HealthCheck { Prometheus = new PrometheusCheck { Url = "http://127.0.0.1:1", Query = "up" } });

        Assert.Null(found.Passes);
        Assert.StartsWith("http://127.0.0.1:1 cannot be asked: ", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_answer_is_not_known_after_a_while()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var server = await StartAsync(async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        var answer = AskAsync(new HealthCheck { Alerts = new AlertsCheck { Url = server.Url } }, time);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new HealthFacts(null, "no answer within 10 s"), await answer);
    }

    private static async Task<HealthFacts> AskAsync(HealthCheck check, TimeProvider? time = null)
    {
        using var http = Prometheus.NewHttpClient();
        return await new HealthProbes(new Prometheus(http), null!, time ?? TimeProvider.System).AskAsync(check, CancellationToken.None);
    }
}
