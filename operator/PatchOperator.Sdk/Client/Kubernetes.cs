#nullable disable // as the package: no annotations

using k8s.Autorest;
using PatchOperator.Sdk.Http;
using PatchOperator.Sdk.Watching;

namespace k8s;

/// <summary>A client of one API server. One instance serves a whole process; it is safe for concurrent use.</summary>
public partial class Kubernetes : IKubernetes
{
    private readonly ApiConnection connection;
    private readonly TimeProvider time;

    /// <summary>Connects on the first request. <paramref name="handlers"/> see every request, the first one first.</summary>
    public Kubernetes(KubernetesClientConfiguration config, params DelegatingHandler[] handlers)
        : this(config, TimeProvider.System, handlers)
    {
    }

    internal Kubernetes(KubernetesClientConfiguration config, TimeProvider time, params DelegatingHandler[] handlers)
    {
        this.time = time;
        connection = new ApiConnection(config, handlers, time);
        HttpClientTimeout = config.HttpClientTimeout;
    }

    /// <inheritdoc/>
    public Uri BaseUri
    {
        get => connection.Server;
        set => connection.Server = value;
    }

    /// <summary>How long a request may take, retries included. A watch has this long to begin.</summary>
    public TimeSpan HttpClientTimeout { get; set; }

    /// <inheritdoc/>
    public ICoreV1Operations CoreV1 => this;

    /// <inheritdoc/>
    public IBatchV1Operations BatchV1 => this;

    /// <inheritdoc/>
    public ICoordinationV1Operations CoordinationV1 => this;

    /// <inheritdoc/>
    public IPolicyOperations Policy => this;

    /// <inheritdoc/>
    public ICustomObjectsOperations CustomObjects => this;

    /// <summary>Closes all connections; requests under way fail.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes all connections.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            connection.Dispose();
    }

    private async Task<HttpOperationResponse<T>> SendAsync<T>(
        ApiRequest request, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(HttpClientTimeout, time, cancellationToken);
        HttpResponseMessage response = null;
        try
        {
            response = await connection.SendAsync(request, headers, deadline).ConfigureAwait(false);
            var stream = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var body = await KubernetesJson.DeserializeAsync<T>(stream, deadline.Token).ConfigureAwait(false);
                return new HttpOperationResponse<T> { Request = response.RequestMessage, Response = response, Body = body };
            }
        }
        catch (Exception e)
        {
            response?.Dispose();
            if (deadline.Explains(e, out var timeout))
                throw timeout;
            throw;
        }
    }

    private Task<HttpOperationResponse<T>> SendAsync<T>(
        ApiRequest request, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, bool? watch, CancellationToken cancellationToken) =>
        watch == true ? BeginWatchAsync<T>(request, headers, cancellationToken) : SendAsync<T>(request, headers, cancellationToken);

    private async Task<HttpOperationResponse<T>> BeginWatchAsync<T>(
        ApiRequest request, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, CancellationToken cancellationToken)
    {
        var lifetime = WatchLifetime.For(request);
        var response = await SendForHeadersAsync(request, headers, cancellationToken).ConfigureAwait(false);
        response.RequestMessage!.Options.Set(WatchLifetime.Key, lifetime);
        return new HttpOperationResponse<T> { Request = response.RequestMessage, Response = response };
    }

    private async Task<HttpOperationResponse<Stream>> SendForStreamAsync(
        ApiRequest request, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, CancellationToken cancellationToken)
    {
        var response = await SendForHeadersAsync(request, headers, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new HttpOperationResponse<Stream> { Request = response.RequestMessage, Response = response, Body = body };
    }

    private async Task<HttpResponseMessage> SendForHeadersAsync(
        ApiRequest request, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(HttpClientTimeout, time, cancellationToken);
        try
        {
            return await connection.SendAsync(request, headers, deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (deadline.Explains(e, out var timeout))
        {
            throw timeout;
        }
    }
}
