namespace PatchOperator.Agent.Images.Publishing;

/// <summary>Files as long as a disk, and mostly empty.</summary>
internal static class SparseFile
{
    private const int BlockBytes = 64 * 1024;

    /// <summary>Writes a new file, or over an old one; blocks of zeros take no space.</summary>
    public static async Task WriteAsync(string path, Stream content, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[BlockBytes];
        while (await content.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, stop) is var length and > 0)
        {
            if (block.AsSpan(0, length).ContainsAnyExcept((byte)0))
                await file.WriteAsync(block.AsMemory(0, length), stop);
            else
                file.Seek(length, SeekOrigin.Current);
        }

        file.SetLength(file.Position);
        file.Flush(flushToDisk: true);
    }
}
