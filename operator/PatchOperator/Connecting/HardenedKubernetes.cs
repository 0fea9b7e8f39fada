using System.Text.Json;
using k8s;
using k8s.Autorest;

namespace PatchOperator.Connecting;

/// <summary>
/// The client, made to run for months: nothing it waits for can last for ever, a server that asks to come back later is asked again, and
/// only the server that the configuration means is believed. <c>docs/development.md</c> lists what each part mends.
/// </summary>
internal sealed class HardenedKubernetes : Kubernetes
{
    private readonly JsonSerializerOptions json;

    /// <summary>Connects on the first request. <paramref name="observers"/> see each attempt of each request.</summary>
    /// <param name="config">Is changed: see <see cref="ConnectionSettings.Apply"/>.</param>
    /// <param name="time">The clock of retries and limits.</param>
    /// <param name="observers">Handlers of the caller's own.</param>
    public HardenedKubernetes(KubernetesClientConfiguration config, TimeProvider time, params DelegatingHandler[] observers)
        : base(ConnectionSettings.Apply(config), [.. Handlers(config, time), .. observers])
    {
        json = config.JsonSerializerOptions;
        if (!string.IsNullOrWhiteSpace(config.TlsServerName))
            HttpClient.DefaultRequestHeaders.Host = config.TlsServerName;
    }

    // The client reads a body synchronously and without the token: a server that stalls in its middle would keep the thread for ever.
    protected override async Task<HttpOperationResponse<T>> CreateResultAsync<T>(
        HttpRequestMessage httpRequest, HttpResponseMessage httpResponse, bool? watch, CancellationToken cancellationToken)
    {
        if (watch == true)
            return await base.CreateResultAsync<T>(httpRequest, httpResponse, watch, cancellationToken);
        try
        {
            await using var body = await httpResponse.Content.ReadAsStreamAsync(cancellationToken);
            return new HttpOperationResponse<T>
            {
                Request = httpRequest,
                Response = httpResponse,
                Body = await JsonSerializer.DeserializeAsync<T>(body, json, cancellationToken) ?? throw new JsonException("the API server answered null"),
            };
        }
        catch
        {
            httpResponse.Dispose();
            throw;
        }
    }

    // The first sees a request first. Silence is noticed next to the wire, so that each attempt has its own time.
    private static IEnumerable<DelegatingHandler> Handlers(KubernetesClientConfiguration config, TimeProvider time)
    {
        yield return new RetryAfterHandler(config.HttpClientTimeout, time);
        if (config.TokenProvider is IRenewableToken token)
            yield return new TokenRenewalHandler(token);
        yield return new SilenceHandler(config.HttpClientTimeout, time);
    }
}
