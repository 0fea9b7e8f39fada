using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;

namespace PatchOperator.Sdk.Watching;

/// <summary>Reads the events of one watch session as they arrive.</summary>
internal static class WatchStream
{
    /// <summary>
    /// Ends when the server ends the session in good order. Throws <see cref="IOException"/> when the connection is cut or silently
    /// dead. An error event, or one that cannot be read, goes to <paramref name="onError"/>; if that returns, reading goes on.
    /// </summary>
    internal static async IAsyncEnumerable<(WatchEventType Type, T Object)> ReadAsync<T>(
        HttpResponseMessage response, Action<Exception>? onError, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var owned = response;
        response.RequestMessage!.Options.TryGetValue(WatchLifetime.Key, out var lifetime);
        using var limit = new CancellationTokenSource(lifetime == default ? Timeout.InfiniteTimeSpan : lifetime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var pipe = PipeReader.Create(await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false));
        try
        {
            while (true)
            {
                var read = await ReadMoreAsync(pipe, limit.Token, either.Token, cancellationToken).ConfigureAwait(false);
                var rest = read.Buffer;
                while (TryTakeLine(ref rest, out var line))
                {
                    if (!line.IsEmpty && TryParse<T>(line, onError) is { } watchEvent)
                        yield return watchEvent;
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

    private static async ValueTask<ReadResult> ReadMoreAsync(
        PipeReader pipe, CancellationToken limit, CancellationToken either, CancellationToken caller)
    {
        try
        {
            return await pipe.ReadAsync(either).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            throw new IOException("the watch went on after the server should have ended it: the connection is dead", e);
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

    private static (WatchEventType Type, T Object)? TryParse<T>(ReadOnlySequence<byte> line, Action<Exception>? onError)
    {
        try
        {
            return Parse<T>(line);
        }
        catch (Exception e) when (e is KubernetesException or JsonException)
        {
            onError?.Invoke(e);
            return null;
        }
    }

    private static (WatchEventType Type, T Object) Parse<T>(ReadOnlySequence<byte> line)
    {
        if (line.IsSingleSegment)
            return WatchFrame.Read<T>(line.FirstSpan);

        var rented = ArrayPool<byte>.Shared.Rent((int)line.Length);
        try
        {
            line.CopyTo(rented);
            return WatchFrame.Read<T>(rented.AsSpan(0, (int)line.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
