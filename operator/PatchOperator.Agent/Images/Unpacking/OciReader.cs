using System.Text.Json;
using System.Text.Json.Nodes;
using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Images.Unpacking;

/// <summary>
/// An OCI layout with one image, unpacked by umoci(1), which checks every digest and keeps layers within the folder, whatever their names and links say.
/// </summary>
internal sealed class OciReader(string layout)
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string NameAnnotation = "org.opencontainers.image.ref.name";

    /// <param name="root">Where the image goes.</param>
    /// <param name="view">A folder to be made: umoci finds images by name, and the layout need not give its one any.</param>
    /// <param name="stop">Ends it.</param>
    public async Task UnpackAsync(string root, string view, CancellationToken stop)
    {
        ImageFiles.Require(Path.Combine(layout, "oci-layout"));
        var index = NameTheImage();
        Directory.CreateDirectory(view);
        File.Copy(Path.Combine(layout, "oci-layout"), Path.Combine(view, "oci-layout"));
        await File.WriteAllTextAsync(Path.Combine(view, "index.json"), index, stop);
        File.CreateSymbolicLink(Path.Combine(view, "blobs"), Path.Combine(layout, "blobs"));
        await ImageFiles.ReadAsync($"{layout} does not hold a whole image", new HostCommand("umoci", "raw", "unpack", "--image", $"{view}:image", root), stop);
    }

    /// <returns>The layout's index with a name for its only image.</returns>
    private string NameTheImage()
    {
        var file = Path.Combine(layout, "index.json");
        ImageFiles.Require(file);
        try
        {
            var index = JsonNode.Parse(File.ReadAllText(file))!;
            if (index["manifests"] is not JsonArray { Count: 1 } manifests || manifests[0]?["mediaType"]?.GetValue<string>() != Manifest)
                throw ImageFiles.Invalid($"{file} must list one manifest, of media type {Manifest}");
            manifests[0]!["annotations"] = new JsonObject { [NameAnnotation] = "image" };
            return index.ToJsonString();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw ImageFiles.Invalid($"{file} is no index of an OCI layout: {error.Message}");
        }
    }
}
