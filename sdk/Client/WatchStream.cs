using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace KubeOps.KubernetesClient;

/// <summary>
/// One watch session, each event parsed once from the bytes as they came. The client's own watch makes a string of each line and parses
/// it two or three times.
/// </summary>
internal static class WatchStream
{
    /// <summary>
    /// Ends when the server ends the session in good order. Throws <see cref="KubernetesException"/> for an error event and for a version
    /// that is refused at once (410), <see cref="HttpOperationException"/> for any other refusal, <see cref="IOException"/> when the
    /// connection breaks, <see cref="JsonException"/> for what is no event.
    /// </summary>
    internal static async IAsyncEnumerable<(WatchEventType Type, T Object)> ReadAsync<T>(
        Kubernetes kubernetes, string path, JsonSerializerOptions json, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await BeginAsync(kubernetes, path, cancellationToken).ConfigureAwait(false);
        var pipe = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
                var rest = read.Buffer;
                while (TryTakeLine(ref rest, out var line))
                {
                    if (!line.IsEmpty)
                        yield return Parse<T>(line, json);
                }

                if (read.IsCompleted)
                {
                    if (!rest.IsEmpty)
                        throw new IOException("the watch ended in the middle of an event");
                    yield break;
                }

                pipe.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    // As the client sends its own requests.
    private static async Task<HttpResponseMessage> BeginAsync(Kubernetes kubernetes, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(kubernetes.BaseUri, path)) { Version = HttpVersion.Version20 };
        if (kubernetes.Credentials is { } credentials)
            await credentials.ProcessHttpRequestAsync(request, cancellationToken).ConfigureAwait(false);
        var response = await kubernetes.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;

        using (response)
        {
            var content = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var refusal = new HttpOperationException($"GET {path}: {(int)response.StatusCode} {response.StatusCode}, response body {content}")
            {
                Request = new HttpRequestMessageWrapper(request, string.Empty),
                Response = new HttpResponseMessageWrapper(response, content),
            };
            // A version that is too old is refused at once, or later as an event: one exception for both.
            throw response.StatusCode == HttpStatusCode.Gone
                ? new KubernetesException(new V1Status { Code = (int)HttpStatusCode.Gone, Reason = "Expired", Message = refusal.Message }, refusal)
                : refusal;
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = rest.Slice(0, end);
        rest = rest.Slice(rest.GetPosition(1, end));
        return true;
    }

    private static (WatchEventType Type, T Object) Parse<T>(ReadOnlySequence<byte> line, JsonSerializerOptions json)
    {
        if (line.IsSingleSegment)
            return WatchFrame.Read<T>(line.FirstSpan, json);

        var rented = ArrayPool<byte>.Shared.Rent((int)line.Length);
        try
        {
            line.CopyTo(rented);
            return WatchFrame.Read<T>(rented.AsSpan(0, (int)line.Length), json);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
