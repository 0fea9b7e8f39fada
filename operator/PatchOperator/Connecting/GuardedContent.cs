using System.Net;

namespace PatchOperator.Connecting;

/// <summary>A body that ends with an error where the server falls silent. See <see cref="GuardedStream"/>.</summary>
internal sealed class GuardedContent : HttpContent
{
    private readonly HttpContent content;
    private readonly TimeSpan limit;
    private readonly bool renewed;
    private readonly TimeProvider time;

    public GuardedContent(HttpContent content, TimeSpan limit, bool renewed, TimeProvider time)
    {
        (this.content, this.limit, this.renewed, this.time) = (content, limit, renewed, time);
        foreach (var header in content.Headers)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new GuardedStream(await content.ReadAsStreamAsync(cancellationToken), limit, renewed, time);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var body = await CreateContentReadStreamAsync(cancellationToken);
        await body.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Headers.ContentLength ?? 0;
        return content.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }
}
