#nullable disable // as the package: no annotations
#pragma warning disable CA1715 // L is the name in the package

using System.Runtime.CompilerServices;
using k8s.Autorest;
using PatchOperator.Sdk.Watching;

namespace k8s;

/// <summary>Watches on top of the plain requests.</summary>
public static class WatcherExt
{
    /// <summary>
    /// The events of a request that was sent with <c>watch: true</c>. An error event, or an event that cannot be read, goes to
    /// <paramref name="onError"/>; if that returns, the watch goes on.
    /// </summary>
    [Obsolete("Obsolete in the package too: use IKubernetesClient.WatchAsync.")]
    public static IAsyncEnumerable<(WatchEventType, T)> WatchAsync<T, L>(
        this Task<HttpOperationResponse<L>> responseTask, Action<Exception> onError = null, CancellationToken cancellationToken = default) =>
        EventsAsync<T, L>(responseTask, onError, cancellationToken);

    internal static async IAsyncEnumerable<(WatchEventType, T)> EventsAsync<T, L>(
        Task<HttpOperationResponse<L>> responseTask, Action<Exception> onError, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await responseTask.ConfigureAwait(false);
        var events = WatchStream.ReadAsync<T>(response.Response, onError, TimeProvider.System, cancellationToken);
        await foreach (var watchEvent in events.ConfigureAwait(false))
            yield return watchEvent;
    }
}
