using System.Net;

namespace PatchOperator.Connecting;

/// <summary>
/// Sends a request again when the server says so, as client-go does: with Retry-After on 429 or 5xx it promises not to have acted on the
/// request, so any verb may be repeated. At most ten times, and never beyond the time that a request has.
/// </summary>
internal sealed class RetryAfterHandler(TimeSpan timeout, TimeProvider time) : DelegatingHandler
{
    private const int MaxRetries = 10;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (attempt == MaxRetries || Delay(request, response) is not { } delay || time.GetElapsedTime(started) + delay >= timeout)
                return response;
            response.Dispose();
            await Task.Delay(delay, time, cancellationToken);
        }
    }

    // An eviction that a disruption budget forbids is answered 429: an answer for the caller, not an overload to wait out.
    private static TimeSpan? Delay(HttpRequestMessage request, HttpResponseMessage response) =>
        (response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500)
        && !request.RequestUri!.AbsolutePath.EndsWith("/eviction", StringComparison.Ordinal)
        && response.Headers.RetryAfter?.Delta is { } delay && delay >= TimeSpan.Zero
            ? delay
            : null;
}
