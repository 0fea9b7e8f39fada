using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using PatchOperator.Sdk.Authentication;

namespace PatchOperator.Sdk.Http;

/// <summary>Sends requests with credentials, waits where the server asks to, and turns errors into exceptions.</summary>
internal sealed class ApiConnection : IDisposable
{
    private const int MaxRetries = 10;

    private readonly HttpClient client;
    private readonly Credentials credentials;
    private readonly string? tlsServerName;
    private readonly Version version;
    private readonly TimeProvider time;
    private Uri server;

    internal ApiConnection(KubernetesClientConfiguration config, IReadOnlyList<DelegatingHandler> handlers, TimeProvider time)
    {
        this.time = time;
        server = ServerOf(config);
        tlsServerName = string.IsNullOrWhiteSpace(config.TlsServerName) ? null : config.TlsServerName;
        version = config.DisableHttp2 ? HttpVersion.Version11 : HttpVersion.Version20;
        credentials = Credentials.From(config, time);
        client = new HttpClient(Chain(ServerHandler.Create(config, credentials), handlers)) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(config.UserAgent ?? UserAgent.Default);
    }

    internal Uri Server
    {
        get => server;
        set => server = WithSlash(value);
    }

    public void Dispose()
    {
        client.Dispose();
        credentials.Dispose();
    }

    /// <summary>The answer, its body still to be read; throws <see cref="HttpOperationException"/> unless it is a success.</summary>
    internal async Task<HttpResponseMessage> SendAsync(
        ApiRequest request, IReadOnlyDictionary<string, IReadOnlyList<string>>? headers, RequestDeadline deadline)
    {
        var renewed = false;
        for (var attempt = 0; ; attempt++)
        {
            using var message = request.ToMessage(server, headers);
            message.Version = version;
            message.Headers.Host = tlsServerName; // names the certificate to expect
            message.Headers.Authorization = await credentials.HeaderAsync(deadline.Token).ConfigureAwait(false);
            var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return response;

            using (response)
            {
                if (response.StatusCode == HttpStatusCode.Unauthorized && !renewed && credentials.Renew())
                {
                    renewed = true;
                    continue;
                }

                if (attempt >= MaxRetries || RetryAfter.Of(response, request) is not { } delay || !deadline.Allows(delay))
                    throw await FailureAsync(request, message, response, deadline.Token).ConfigureAwait(false);

                await Task.Delay(delay, time, deadline.Token).ConfigureAwait(false);
            }
        }
    }

    private static async Task<HttpOperationException> FailureAsync(
        ApiRequest request, HttpRequestMessage message, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var content = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return new HttpOperationException(
            $"{message.Method} {message.RequestUri?.PathAndQuery}: {(int)response.StatusCode} {response.StatusCode}, response body {content}")
        {
            Request = new HttpRequestMessageWrapper(message, request.Content),
            Response = new HttpResponseMessageWrapper(response, content),
        };
    }

    private static HttpMessageHandler Chain(SocketsHttpHandler last, IReadOnlyList<DelegatingHandler> handlers)
    {
        HttpMessageHandler first = last;
        for (var i = handlers.Count - 1; i >= 0; i--)
        {
            var inner = handlers[i];
            while (inner.InnerHandler is DelegatingHandler next)
                inner = next;
            inner.InnerHandler = first;
            first = handlers[i];
        }

        return first;
    }

    private static Uri ServerOf(KubernetesClientConfiguration? config)
    {
        if (config is null)
            throw new KubeConfigException("a client needs a configuration");

        return Uri.TryCreate(config.Host, UriKind.Absolute, out var uri)
            ? WithSlash(uri)
            : throw new KubeConfigException($"'{config.Host}' is not the address of an API server");
    }

    private static Uri WithSlash(Uri uri) => uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + '/');
}
