using System.Text.Json;

namespace PatchOperator.Health;

/// <summary>The HTTP API of Prometheus servers, or of what answers like them (https://prometheus.io/docs/prometheus/latest/querying/api/).</summary>
internal sealed class Prometheus(HttpClient http)
{
    // Of some thousand alerts; what is longer is no answer to a question about health.
    private const int MaxAnswer = 4 * 1024 * 1024;

    /// <summary>A client for them. A redirection is not followed: the address is the one that the policy names.</summary>
    public static HttpClient NewHttpClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = MaxAnswer,
    };

    /// <summary>Whether an instant query gives at least one sample.</summary>
    public async Task<bool> HasSamplesAsync(string url, string query, CancellationToken cancellationToken)
    {
        var data = await GetAsync(url, $"query?query={Uri.EscapeDataString(query)}", cancellationToken);
        var type = data.GetProperty("resultType").GetString();
        return type == "vector"
            ? data.GetProperty("result").GetArrayLength() > 0
            : throw new HealthException($"the query gives a {type}, not a vector of samples");
    }

    /// <summary>The alerts that are active now.</summary>
    public async Task<IReadOnlyList<PrometheusAlert>> AlertsAsync(string url, CancellationToken cancellationToken) =>
    [
        .. (await GetAsync(url, "alerts", cancellationToken)).GetProperty("alerts").EnumerateArray().Select(alert => new PrometheusAlert(
            alert.GetProperty("labels").GetProperty("alertname").GetString()!, alert.GetProperty("state").GetString()!)),
    ];

    private async Task<JsonElement> GetAsync(string url, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync($"{url.TrimEnd('/')}/api/v1/{path}", cancellationToken);
            // A query that is wrong is answered with 400 or 422, and the reason.
            var answer = Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return answer is { } json && json.TryGetProperty("status", out var status) && status.ValueEquals("success") ? json.GetProperty("data")
                : answer?.TryGetProperty("error", out var error) == true ? throw new HealthException($"Prometheus says: {error}")
                : throw new HealthException($"{url} answers {(int)response.StatusCode}, and not as Prometheus does");
        }
        catch (HttpRequestException exception)
        {
            throw new HealthException($"{url} cannot be asked: {exception.Message}");
        }
    }

    // Null where it is no JSON, or no object.
    private static JsonElement? Parse(string answer)
    {
        try
        {
            return JsonElement.Parse(answer) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
