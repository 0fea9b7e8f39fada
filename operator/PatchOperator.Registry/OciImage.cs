using System.Globalization;
using System.Text;

namespace PatchOperator.Registry;

/// <summary>A manifest with where to find what it refers to: ready to be pushed.</summary>
/// <param name="Manifest">No index.</param>
/// <param name="Open">Gives the content of a blob, from the beginning.</param>
public sealed record OciImage(OciManifest Manifest, Func<OciDescriptor, Stream> Open)
{
    /// <summary>The annotation that gives a layer its file name: https://github.com/opencontainers/image-spec/blob/main/annotations.md.</summary>
    private const string Title = "org.opencontainers.image.title";

    /// <summary>
    /// The content of the empty descriptor, which stands for "no configuration": "Guidance for an Empty Descriptor" in the image specification's manifest.md.
    /// </summary>
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>One file as an artifact, by "Guidelines for Artifact Usage" in the image specification's manifest.md. Equal files have equal digests.</summary>
    /// <param name="artifactType">What it is.</param>
    /// <param name="title">The file's name when it is fetched.</param>
    /// <param name="file">The file.</param>
    /// <param name="open">Its content.</param>
    public static OciImage Artifact(string artifactType, string title, OciDescriptor file, Func<Stream> open)
    {
        // Written out: its digest must not depend on how a serializer feels like writing this year.
        var json = string.Create(CultureInfo.InvariantCulture, $$$"""
            {"schemaVersion":2,"mediaType":"{{{OciMediaTypes.Manifest}}}","artifactType":"{{{artifactType}}}",
            "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{{{Digests.Of(Empty)}}}","size":{{{Empty.Length}}}},
            "layers":[{"mediaType":"{{{file.MediaType}}}","digest":"{{{file.Digest}}}","size":{{{file.Size}}},"annotations":{"{{{Title}}}":"{{{title}}}"}}]}
            """).ReplaceLineEndings("");
        var manifest = OciManifest.Parse(Encoding.UTF8.GetBytes(json), OciMediaTypes.Manifest);
        return new OciImage(manifest, blob => blob == manifest.Config ? new MemoryStream(Empty, writable: false) : open());
    }
}
