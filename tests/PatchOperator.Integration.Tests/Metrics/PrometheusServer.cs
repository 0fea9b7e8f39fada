using System.Diagnostics;
using System.Text.Json.Nodes;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>A Prometheus of its own that scrapes one operator each second and has the alert rules loaded, until it is disposed.</summary>
internal sealed class PrometheusServer : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("prometheus-");
    private readonly HttpClient client;
    private readonly Process process;
    private readonly Task drained;

    public PrometheusServer(Uri target, string rules)
    {
        var port = FreePort.Find();
        Url = $"http://127.0.0.1:{port}";
        client = new HttpClient { BaseAddress = new Uri(Url) };
        var configuration = Path.Combine(folder.FullName, "prometheus.yml");
        File.WriteAllText(configuration, $$"""
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: ['{{rules}}']
            scrape_configs:
              - job_name: patch-operator
                static_configs: [{targets: ['{{target.Authority}}']}]
            """);
        process = Command.Start(
            Promtool.Program("prometheus"),
            [$"--config.file={configuration}", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"]);
        drained = Task.WhenAll(process.StandardError.BaseStream.CopyToAsync(Stream.Null), process.StandardOutput.BaseStream.CopyToAsync(Stream.Null));
    }

    /// <summary>Where it answers.</summary>
    public string Url { get; }

    /// <summary>The result of a query now; a query that is none fails with what Prometheus says of it.</summary>
    public async Task<JsonArray> QueryAsync(string query)
    {
        using var response = await client.GetAsync(new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative));
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True(response.IsSuccessStatusCode, $"{query}: {answer["error"]}");
        return answer["data"]!["result"]!.AsArray();
    }

    /// <summary>The alert rules, with their health.</summary>
    public async Task<IReadOnlyList<JsonNode>> RulesAsync()
    {
        var answer = JsonNode.Parse(await client.GetStringAsync(new Uri("/api/v1/rules", UriKind.Relative)))!;
        return [.. answer["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];
    }

    /// <summary>Waits until it has scraped so often that a rate can be told.</summary>
    public Task ScrapedAsync() => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                using var ready = await client.GetAsync(new Uri("/-/ready", UriKind.Relative));
                return ready.IsSuccessStatusCode && (await QueryAsync("count_over_time(up[1m]) >= 3 and up == 1")).Count == 1;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        "Prometheus has scraped the operator");

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        drained.GetAwaiter().GetResult();
        process.Dispose();
        client.Dispose();
        folder.Delete(recursive: true);
    }
}
