using System.Text.Json;

namespace PatchOperator.Registry;

/// <summary>An image in a folder: https://github.com/opencontainers/image-spec/blob/main/image-layout.md.</summary>
public static class OciLayout
{
    private const string LayoutFile = "oci-layout";
    private const string IndexFile = "index.json";
    private const string Version = "1.0.0";

    /// <summary>The one image of a layout, after looking at every byte of it.</summary>
    /// <param name="path">The layout's folder; whoever filled it is not trusted.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidDataException">It is no layout with one whole image; the message names the file and what is wrong with it.</exception>
    public static async Task<OciImage> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var folder = new ContainedFolder(path);
        if ((await DocumentAsync(folder, LayoutFile, cancellationToken)).ImageLayoutVersion != Version)
            throw new InvalidDataException($"{LayoutFile} does not say imageLayoutVersion {Version}");
        var index = await DocumentAsync(folder, IndexFile, cancellationToken);
        var manifest = await ManifestAsync(folder, Only(index.Manifests ?? [], IndexFile), cancellationToken);
        if (manifest.IsIndex)
            manifest = await ManifestAsync(folder, Only(manifest.Manifests, Blob(manifest.Digest)), cancellationToken);
        if (manifest.IsIndex)
            throw new InvalidDataException($"{Blob(manifest.Digest)} is an index in an index: {IndexFile} should name the manifest of the image");

        foreach (var blob in manifest.Blobs)
            await CheckAsync(folder, blob, cancellationToken);
        return new OciImage(manifest, blob => folder.Find(Blob(blob.Digest)).OpenRead());
    }

    /// <summary>Fetches an image into a new layout.</summary>
    /// <param name="path">The layout's folder; there is none yet.</param>
    /// <param name="registry">Where the image's blobs are.</param>
    /// <param name="manifest">The image; no index.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RegistryException">A blob could not be had.</exception>
    public static async Task WriteAsync(string path, RegistryClient registry, OciManifest manifest, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(path, Path.GetDirectoryName(Blob(manifest.Digest))!));
        foreach (var blob in manifest.Blobs)
        {
            await using var content = await registry.OpenBlobAsync(blob, cancellationToken);
            await using var file = File.Create(Path.Combine(path, Blob(blob.Digest)));
            await content.CopyToAsync(file, cancellationToken);
        }

        await File.WriteAllBytesAsync(Path.Combine(path, Blob(manifest.Digest)), manifest.Content, cancellationToken);
        await WriteAsync(new OciDocument { ImageLayoutVersion = Version }, LayoutFile);
        await WriteAsync(new OciDocument
        {
            SchemaVersion = 2,
            MediaType = OciMediaTypes.Index,
            Manifests = [new OciDescriptor(manifest.MediaType, manifest.Digest, manifest.Content.Length)],
        }, IndexFile);

        Task WriteAsync(OciDocument document, string name) =>
            File.WriteAllBytesAsync(Path.Combine(path, name), JsonSerializer.SerializeToUtf8Bytes(document, OciJson.Default.OciDocument), cancellationToken);
    }

    /// <summary>A digest's file. Only valid digests get here: they have no slashes or dots.</summary>
    private static string Blob(string digest) => $"blobs/{digest.Replace(':', '/')}";

    private static OciDescriptor Only(IReadOnlyList<OciDescriptor> manifests, string file) => manifests is [var only] ? only
        : throw new InvalidDataException(
            $"{file} names {manifests.Count} images and should name one: a golden image has one architecture, and no attestations beside it");

    private static Task<OciDocument> DocumentAsync(ContainedFolder folder, string file, CancellationToken cancellationToken) =>
        ReadAsync(folder, file, content => OciDocument.Read(content), cancellationToken);

    private static async Task<OciManifest> ManifestAsync(ContainedFolder folder, OciDescriptor descriptor, CancellationToken cancellationToken)
    {
        var file = Blob(descriptor.Digest);
        await CheckAsync(folder, descriptor, cancellationToken);
        return await ReadAsync(folder, file, content => OciManifest.Parse(content, descriptor.MediaType), cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(ContainedFolder folder, string file, Func<byte[], T> read, CancellationToken cancellationToken)
    {
        var content = await folder.ReadAsync(file, OciManifest.MaxBytes, cancellationToken);
        try
        {
            return read(content);
        }
        catch (FormatException error)
        {
            throw new InvalidDataException($"{file}: {error.Message}", error);
        }
    }

    private static async Task CheckAsync(ContainedFolder folder, OciDescriptor blob, CancellationToken cancellationToken)
    {
        var file = folder.Find(Blob(blob.Digest));
        if (file.Length != blob.Size)
            throw new InvalidDataException($"{Blob(blob.Digest)} has {file.Length} bytes, and should have {blob.Size}");
        await using var content = file.OpenRead();
        if (await Digests.OfAsync(content, cancellationToken) != blob.Digest)
            throw new InvalidDataException($"{Blob(blob.Digest)} has other content than its name says");
    }
}
