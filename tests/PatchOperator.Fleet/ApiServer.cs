using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PatchOperator.Fleet;

/// <summary>The API server in plain JSON, for objects of whatever version an operator under test has.</summary>
internal sealed class ApiServer : IDisposable
{
    private const int Attempts = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(100);

    private readonly HttpClient http;

    private ApiServer(HttpClient http) => this.http = http;

    public Uri Address => http.BaseAddress!;

    /// <param name="address">With scheme and port.</param>
    /// <param name="pki">The folder with ca.crt, admin.crt and admin.key.</param>
    public static ApiServer AsAdministrator(string address, string pki)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(Path.Combine(pki, "ca.crt"));
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 100,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = trust,
                ClientCertificates = [X509Certificate2.CreateFromPemFile(Path.Combine(pki, "admin.crt"), Path.Combine(pki, "admin.key"))],
            },
        };
        return new ApiServer(new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = Timeout.InfiniteTimeSpan });
    }

    /// <returns>The object; null where there is none.</returns>
    public Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, "", cancellationToken);

    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, path, body, "application/json", cancellationToken) ?? throw new HttpRequestException($"POST {path}: not found");

    /// <summary>A merge patch.</summary>
    /// <returns>The object; null where there is none.</returns>
    public Task<JsonNode?> PatchAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json", cancellationToken);

    /// <summary>Done when there is none, too.</summary>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, "", cancellationToken);

    /// <summary>All objects of a collection, in pages.</summary>
    public async IAsyncEnumerable<JsonObject> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await GetAsync(
                $"{path}?limit=500&continue={Uri.EscapeDataString(next ?? "")}", cancellationToken) ?? throw new HttpRequestException($"GET {path}: not found");
            foreach (var item in page["items"]!.AsArray())
                yield return item!.AsObject();
            next = (string?)page["metadata"]!["continue"];
        }
        while (!string.IsNullOrEmpty(next));
    }

    /// <summary>What there is, as ADDED, and from then on what happens, for ever. After a broken connection what there is comes again.</summary>
    public async IAsyncEnumerable<(string Type, JsonObject Object)> WatchAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var response = await OpenAsync($"{path}?watch=1&timeoutSeconds=86400", cancellationToken);
            if (response is not null)
            {
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
                while (await LineAsync(reader, cancellationToken) is { } line && JsonNode.Parse(line) is { } change && (string?)change["type"] != "ERROR")
                    yield return ((string)change["type"]!, change["object"]!.AsObject());
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    // Null where it cannot be had now.
    private async Task<HttpResponseMessage?> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
                return response;
            response.Dispose();
            return null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<string?> LineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? body, string contentType, CancellationToken cancellationToken)
    {
        var json = body?.ToJsonString(JsonSerializerOptions.Web);
        for (var attempt = 1; ; attempt++)
        {
            var (code, text) = await TryAsync(method, path, json, contentType, cancellationToken);
            if (code == HttpStatusCode.NotFound)
                return null;
            if (code is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous)
                return JsonNode.Parse(text);
            if (attempt == Attempts || code is >= HttpStatusCode.BadRequest and < HttpStatusCode.TooManyRequests)
                throw new HttpRequestException($"{method} {path}: {(int)code} {text}");
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    // A connection that broke, or an answer that did not come, is as good as a server that says it is too busy.
    private async Task<(HttpStatusCode Code, string Text)> TryAsync(
        HttpMethod method, string path, string? json, string contentType, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestRequest);
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue(contentType));
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token));
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (HttpStatusCode.ServiceUnavailable, exception.Message);
        }
    }
}
