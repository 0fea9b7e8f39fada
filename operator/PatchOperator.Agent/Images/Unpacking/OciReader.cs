using System.Text;
using System.Text.Json.Nodes;
using PatchOperator.Agent.Hosts;
using PatchOperator.Registry;
using ZstdSharp;

namespace PatchOperator.Agent.Images.Unpacking;

/// <summary>
/// An OCI layout with one image, unpacked by umoci(1), which checks every digest and keeps layers within the folder, whatever their names and links say.
/// </summary>
internal sealed class OciReader(string layout)
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Zstd = "+zstd";

    /// <param name="root">Where the image goes.</param>
    /// <param name="view">A folder to be made: umoci finds images by name, which the layout need not give its one, and cannot read layers of zstd.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="Running.ImageFailureException">ResultInvalid: the layout does not hold one whole image. DiskFull.</exception>
    public async Task UnpackAsync(string root, string view, CancellationToken stop)
    {
        await WriteViewAsync(await ReadAsync(stop), view, stop);
        await ImageFiles.ReadAsync($"{layout} does not hold a whole image", new HostCommand("umoci", "raw", "unpack", "--image", $"{view}:image", root), stop);
    }

    private async Task<OciImage> ReadAsync(CancellationToken stop)
    {
        try
        {
            var image = await OciLayout.ReadAsync(layout, stop);
            return image.Manifest.MediaType == Manifest
                ? image
                : throw ImageFiles.Invalid($"{layout} must hold a manifest of media type {Manifest}, and has {image.Manifest.MediaType}");
        }
        catch (InvalidDataException error)
        {
            throw ImageFiles.Invalid($"{layout} does not hold a whole image: {error.Message}");
        }
    }

    private async Task WriteViewAsync(OciImage image, string view, CancellationToken stop)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(view, "blobs", "sha256")).FullName;
        Link(image.Manifest.Config!);
        var layers = new JsonArray();
        foreach (var layer in image.Manifest.Layers)
        {
            var blob = layer.MediaType.EndsWith(Zstd, StringComparison.Ordinal) ? await DecompressAsync(image, layer, blobs, stop) : Link(layer);
            layers.Add((JsonNode)Descriptor(blob));
        }

        var manifest =
            Write(new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = Manifest, ["config"] = Descriptor(image.Manifest.Config!), ["layers"] = layers });
        var named = Descriptor(manifest);
        named["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = "image" };
        File.Copy(Path.Combine(layout, "oci-layout"), Path.Combine(view, "oci-layout"));
        await File.WriteAllTextAsync(
            Path.Combine(view, "index.json"), new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(named) }.ToJsonString(), stop);

        OciDescriptor Link(OciDescriptor blob)
        {
            var name = Name(blob.Digest);
            if (!File.Exists(Path.Combine(blobs, name)))
                File.CreateSymbolicLink(Path.Combine(blobs, name), Path.Combine(layout, "blobs", "sha256", name));
            return blob;
        }

        OciDescriptor Write(JsonObject document)
        {
            var content = Encoding.UTF8.GetBytes(document.ToJsonString());
            var blob = new OciDescriptor(Manifest, Digests.Of(content), content.Length);
            File.WriteAllBytes(Path.Combine(blobs, Name(blob.Digest)), content);
            return blob;
        }
    }

    /// <summary>The same layer without compression. What the configuration says of the layer is the digest of just this.</summary>
    private static async Task<OciDescriptor> DecompressAsync(OciImage image, OciDescriptor layer, string blobs, CancellationToken stop)
    {
        var file = Path.Combine(blobs, "layer");
        try
        {
            await using var content = new DecompressionStream(image.Open(layer), leaveOpen: false);
            await using var written = File.Create(file);
            await content.CopyToAsync(written, stop);
        }
        catch (Exception error) when (error is ZstdException or EndOfStreamException)
        {
            throw ImageFiles.Invalid($"the layer {layer.Digest} is not compressed by zstd as its media type says: {error.Message}");
        }

        await using var tar = File.OpenRead(file);
        var blob = new OciDescriptor(layer.MediaType[..^Zstd.Length], await Digests.OfAsync(tar, stop), tar.Length);
        File.Move(file, Path.Combine(blobs, Name(blob.Digest)), overwrite: true);
        return blob;
    }

    private static string Name(string digest) => digest["sha256:".Length..];

    private static JsonObject Descriptor(OciDescriptor blob) => new() { ["mediaType"] = blob.MediaType, ["digest"] = blob.Digest, ["size"] = blob.Size };
}
