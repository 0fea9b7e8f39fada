using System.Security.Cryptography;

namespace PatchOperator.Registry;

/// <summary>What a registry sends of a blob, while it is what was asked for: its length is checked with each byte, its digest at the end.</summary>
/// <param name="source">The answer's body.</param>
/// <param name="response">Disposed with this.</param>
/// <param name="blob">What was asked for.</param>
/// <param name="operation">For messages, after "cannot".</param>
/// <param name="errors">For messages.</param>
internal sealed class VerifyingStream(Stream source, HttpResponseMessage response, OciDescriptor blob, string operation, RegistryErrors errors) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long length;
    private bool verified;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => blob.Size;

    public override long Position { get => length; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await errors.GuardAsync(operation, async () => await source.ReadAsync(buffer, cancellationToken), cancellationToken);
        length += count;
        if (length > blob.Size || (count == 0 && buffer.Length > 0 && length < blob.Size))
            throw errors.Because(
                RegistryProblem.Corrupt, operation, count == 0 ? $"it sends {length} bytes of {blob.Size}" : $"it sends more than the {blob.Size} bytes");
        if (count > 0)
            hash.AppendData(buffer.Span[..count]);
        else if (buffer.Length > 0 && !verified)
            Verify();
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read it asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            response.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Verify()
    {
        verified = true;
        errors.CheckDigest(operation, blob.Digest, Digests.Write(hash.GetHashAndReset()));
    }
}
