using System.Net;

namespace PatchOperator.Sdk.Http;

/// <summary>
/// When to send a request again. As in client-go, only when the server says so: with a Retry-After header on 429 or 5xx it promises
/// not to have acted on the request, so any verb may be repeated.
/// </summary>
internal static class RetryAfter
{
    internal static TimeSpan? Of(HttpResponseMessage response, ApiRequest request)
    {
        var overloaded = response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500;
        return overloaded && !request.IsEviction && response.Headers.RetryAfter?.Delta is { } delay && delay >= TimeSpan.Zero ? delay : null;
    }
}
