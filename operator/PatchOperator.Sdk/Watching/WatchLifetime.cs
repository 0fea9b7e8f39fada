using PatchOperator.Sdk.Http;
using PatchOperator.Sdk.Timing;

namespace PatchOperator.Sdk.Watching;

/// <summary>
/// How long one watch session may last. The server is asked to end it after a while; a session that goes on well beyond that has no
/// server at its other end any more, however quiet or busy it was before.
/// </summary>
internal static class WatchLifetime
{
    /// <summary>Under which the limit travels with the request.</summary>
    internal static readonly HttpRequestOptionsKey<TimeSpan> Key = new("PatchOperator.Sdk.WatchLifetime");

    private const int ShortestSeconds = 240;
    private const int LongestSeconds = 300;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The limit of this session. Asks the server to end it if the caller did not; then at a time of its own, so that sessions which
    /// began together do not end together.
    /// </summary>
    internal static TimeSpan For(ApiRequest request)
    {
        if (request.TimeoutSeconds is null)
            request.Query("timeoutSeconds", Jitter.Between(ShortestSeconds, LongestSeconds));
        return TimeSpan.FromSeconds(request.TimeoutSeconds!.Value) + Grace;
    }
}
