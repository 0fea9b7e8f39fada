using System.Globalization;
using System.Security.Cryptography;
using System.Web;

namespace PatchOperator.Connecting;

/// <summary>
/// Nothing waits for ever: a watch must begin within the time that a request has, and end when the server was asked to end it; any other
/// body must go on within that time. A server that went silent is an <see cref="IOException"/>, as a broken connection is.
/// </summary>
internal sealed class SilenceHandler(TimeSpan timeout, TimeProvider time) : DelegatingHandler
{
    // Sessions that began together do not end together.
    private const int ShortestWatchSeconds = 240;
    private const int LongestWatchSeconds = 300;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var lifetime = WatchLifetime(request);
        var response = lifetime is null ? await base.SendAsync(request, cancellationToken) : await BeginAsync(request, cancellationToken);
        response.Content = new GuardedContent(response.Content, lifetime ?? timeout, renewed: lifetime is null, time);
        // The client reads what is said of an error without the token of the caller, and without a limit.
        if (!response.IsSuccessStatusCode)
            await response.Content.LoadIntoBufferAsync(cancellationToken);
        return response;
    }

    private async Task<HttpResponseMessage> BeginAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await base.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"the API server did not begin the watch within {timeout.TotalSeconds:0} s", e);
        }
    }

    // Null for what is no watch. A caller that did not ask the server to end the session has it asked here.
    private static TimeSpan? WatchLifetime(HttpRequestMessage request)
    {
        if (!request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal))
            return null;
        var query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        if (!int.TryParse(query["timeoutSeconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            seconds = RandomNumberGenerator.GetInt32(ShortestWatchSeconds, LongestWatchSeconds + 1);
            request.RequestUri = new Uri($"{request.RequestUri.AbsoluteUri}&timeoutSeconds={seconds}");
        }

        return TimeSpan.FromSeconds(seconds) + Grace;
    }
}
