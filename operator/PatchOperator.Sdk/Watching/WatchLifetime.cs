using System.Globalization;
using k8s;

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

    /// <summary>The limit of this session; asks the server for one if the caller did not.</summary>
    internal static TimeSpan For(ApiRequest request)
    {
        if (request.TimeoutSeconds is null)
            request.Query("timeoutSeconds", Session());
        return TimeSpan.FromSeconds(request.TimeoutSeconds!.Value) + Grace;
    }

    /// <summary>Sessions of different lengths, so that those which began together do not end together.</summary>
    private static int? Session() =>
        AppContext.GetData("PatchOperator.Sdk.WatchSeconds") is string seconds
            ? int.Parse(seconds, CultureInfo.InvariantCulture)
            : Jitter.Between(ShortestSeconds, LongestSeconds);
}
