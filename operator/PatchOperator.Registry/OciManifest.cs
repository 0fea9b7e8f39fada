namespace PatchOperator.Registry;

/// <summary>A manifest, or an index of manifests, as it is stored: its digest is that of its bytes.</summary>
public sealed class OciManifest
{
    /// <summary>The longest that a registry has to take, by the distribution specification, "Pushing Manifests".</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private OciManifest(byte[] content, string mediaType, OciDocument document)
    {
        Content = content;
        MediaType = mediaType;
        Digest = Digests.Of(content);
        Config = document.Config;
        Layers = document.Layers ?? [];
        Manifests = document.Manifests ?? [];
    }

    public ReadOnlyMemory<byte> Content { get; }

    public string MediaType { get; }

    public string Digest { get; }

    /// <summary>Null in an index.</summary>
    public OciDescriptor? Config { get; }

    /// <summary>None in an index.</summary>
    public IReadOnlyList<OciDescriptor> Layers { get; }

    /// <summary>Whether it stands for several images, for several architectures as a rule.</summary>
    public bool IsIndex => Config is null;

    /// <summary>What the layers have in bytes.</summary>
    public long LayersSize => Layers.Sum(layer => layer.Size);

    /// <summary>The images of an index; none in a manifest.</summary>
    internal IReadOnlyList<OciDescriptor> Manifests { get; }

    /// <summary>Everything that must be there before the manifest is, once.</summary>
    internal IEnumerable<OciDescriptor> Blobs => Layers.Prepend(Config!).DistinctBy(blob => blob.Digest);

    /// <summary>Reads a manifest of an image, or an index.</summary>
    /// <param name="content">Its bytes, which are kept.</param>
    /// <param name="mediaType">What its surroundings say it is; null, or something general: its own member <c>mediaType</c> counts.</param>
    /// <exception cref="FormatException">It is neither, or not clearly one of the two.</exception>
    public static OciManifest Parse(byte[] content, string? mediaType)
    {
        var document = OciDocument.Read(content);
        var stated = mediaType is not null && OciMediaTypes.Accept.Contains(mediaType) ? mediaType : document.MediaType;
        // One that could be read as either is a trick: https://github.com/opencontainers/distribution-spec/security/advisories/GHSA-mc8v-mgrf-8f4m.
        if (document.MediaType is not null && document.MediaType != stated)
            throw new FormatException($"it calls itself {document.MediaType}, and is stored as {stated}");
        return stated switch
        {
            OciMediaTypes.Manifest or OciMediaTypes.DockerManifest when document is { Config: not null, Layers: not null, Manifests: null } =>
                new OciManifest(content, stated, document),
            OciMediaTypes.Index or OciMediaTypes.DockerList when document is { Config: null, Layers: null, Manifests: not null } =>
                new OciManifest(content, stated, document),
            null => throw new FormatException("it does not say what it is"),
            _ => throw new FormatException($"it is no whole manifest of an image, but something of type {stated}"),
        };
    }
}
