namespace PatchOperator.Registry;

/// <summary>
/// A folder that somebody else has filled, and whom we do not trust to have put files into it: a link would make us read, and publish, what lies elsewhere; to
/// open a pipe would make us wait for ever.
/// </summary>
/// <param name="path">Trusted, as is everything above it.</param>
public sealed class ContainedFolder(string path)
{
    /// <summary>A file with something in it. Only regular files have a length: pipes and devices say 0.</summary>
    /// <param name="relative">Below the folder, with slashes; not from the folder's own content unless checked.</param>
    /// <exception cref="InvalidDataException">It is not there, empty, or no file; the message names it.</exception>
    public FileInfo Find(string relative)
    {
        var at = path;
        foreach (var part in relative.Split('/'))
        {
            at = Path.Combine(at, part);
            if (new FileInfo(at).LinkTarget is not null)
                throw new InvalidDataException($"{Path.GetRelativePath(path, at)} is a symbolic link: put the file itself there");
        }

        var file = new FileInfo(at);
        return file switch
        {
            { Exists: false } => throw new InvalidDataException(Directory.Exists(at) ? $"{relative} is a folder, not a file" : $"{relative} is missing"),
            { Length: 0 } => throw new InvalidDataException($"{relative} is empty, or no regular file"),
            _ => file,
        };
    }

    /// <summary>What is in a small file.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Find"/>, or it is longer than <paramref name="maxBytes"/>.</exception>
    public async Task<byte[]> ReadAsync(string relative, int maxBytes, CancellationToken cancellationToken)
    {
        var file = Find(relative);
        return file.Length <= maxBytes ? await File.ReadAllBytesAsync(file.FullName, cancellationToken)
            : throw new InvalidDataException($"{relative} has {file.Length} bytes, which is more than the {maxBytes} it may have");
    }
}
