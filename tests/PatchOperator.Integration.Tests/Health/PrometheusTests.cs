using PatchOperator.Api;
using PatchOperator.Health;
using PatchOperator.Integration.Tests.Metrics;

namespace PatchOperator.Integration.Tests.Health;

/// <summary>Health checks asked of a real Prometheus.</summary>
public sealed class PrometheusTests : IAsyncLifetime, IDisposable
{
    private const string Rules = """
        groups:
          - name: test
            rules:
              - {alert: ApiDown, expr: 'vector(1)'}
              - {alert: ApiSlow, expr: 'vector(1)', for: 1h}
        """;

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = Prometheus.NewHttpClient();
    private readonly PrometheusServer server;

    public PrometheusTests()
    {
        var rules = Path.Combine(folder.Path, "rules.yml");
        File.WriteAllText(rules, Rules);
        server = new PrometheusServer(new Uri("http://127.0.0.1:1"), rules);
    }

    // Its rules are evaluated once a second, and what it scrapes is not there.
    public Task InitializeAsync() => Eventually.TrueAsync(
        async () => (await AskAsync(new AlertsCheck { Url = server.Url })).Passes == false && (await AskAsync("up")).Passes == true, "Prometheus evaluates its rules");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        server.Dispose();
        http.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("up == 0", true, "")]
    [InlineData("up == 1", false, "the query has no samples: up == 1")]
    [InlineData("sum(rate(no_such_metric[5m])) < 1", false, "the query has no samples: sum(rate(no_such_metric[5m])) < 1")]
    [InlineData("1", null, "the query gives a scalar, not a vector of samples")]
    [InlineData("up ==", null, "Prometheus says: invalid parameter \"query\": 1:6: parse error: unexpected end of input")]
    public async Task A_query_passes_while_it_has_samples(string query, bool? passes, string message)
    {
        var found = await AskAsync(query);

        Assert.Equal((passes, message), (found.Passes, found.Message));
    }

    [Theory]
    [InlineData("Api.*", null, false, "alerts: ApiDown (firing)")]
    [InlineData("Api.*", null, true, "alerts: ApiDown (firing), ApiSlow (pending)")]
    [InlineData(null, "ApiDown", false, "")]
    public async Task Alerts_that_fire_fail_and_those_that_are_pending_if_it_is_wanted(string? matching, string? ignoring, bool pending, string message) => Assert.Equal(
        message, (await AskAsync(new AlertsCheck { Url = server.Url, Matching = matching, Ignoring = ignoring, IncludePending = pending })).Message);

    private Task<Engine.Facts.HealthFacts> AskAsync(string query) => AskAsync(new HealthCheck { Prometheus = new PrometheusCheck { Url = server.Url, Query = query } });

    private Task<Engine.Facts.HealthFacts> AskAsync(AlertsCheck alerts) => AskAsync(new HealthCheck { Alerts = alerts });

    private Task<Engine.Facts.HealthFacts> AskAsync(HealthCheck check) =>
        new HealthProbes(new Prometheus(http), null!, TimeProvider.System).AskAsync(check, CancellationToken.None);
}
