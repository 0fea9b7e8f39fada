using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PatchOperator.Testing;

/// <summary>An OCI layout with one small image, made by hand so that tests can spoil any byte of it.</summary>
public sealed class TestLayout : IDisposable
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string IndexType = "application/vnd.oci.image.index.v1+json";
    public const string DockerManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("layout-");

    /// <param name="text">What the image's layer holds: another text is another image.</param>
    public TestLayout(string text = "hello")
    {
        Directory.CreateDirectory(FileOf("blobs/sha256"));
        Layer = AddBlob(Encoding.UTF8.GetBytes(text));
        Config = AddBlob("""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}"""u8);
        Manifest = AddBlob(Encoding.UTF8.GetBytes(ManifestJson(Config, Layer)));
        File.WriteAllText(FileOf("oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        WriteIndex(Descriptor(ManifestType, Manifest));
    }

    public string Path => folder.FullName;

    public string Layer { get; }

    public string Config { get; }

    /// <summary>The image's digest.</summary>
    public string Manifest { get; }

    public string FileOf(string relative) => System.IO.Path.Combine(folder.FullName, relative);

    public string BlobOf(string digest) => FileOf($"blobs/{digest.Replace(':', '/')}");

    public string AddBlob(ReadOnlySpan<byte> content)
    {
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
        File.WriteAllBytes(BlobOf(digest), content);
        return digest;
    }

    public void WriteIndex(params string[] descriptors) => File.WriteAllText(FileOf("index.json"), IndexJson(descriptors));

    public static string IndexJson(params string[] descriptors) =>
        $$"""{"schemaVersion":2,"mediaType":"{{IndexType}}","manifests":[{{string.Join(',', descriptors)}}]}""";

    public string Descriptor(string mediaType, string digest) => Descriptor(mediaType, digest, new FileInfo(BlobOf(digest)).Length);

    public static string Descriptor(string mediaType, string digest, long size) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"mediaType":"{{mediaType}}","digest":"{{digest}}","size":{{size}}}""");

    public string ManifestJson(string config, string layer) => $$"""
        {"schemaVersion":2,"mediaType":"{{ManifestType}}",
        "config":{{Descriptor("application/vnd.oci.image.config.v1+json", config)}},
        "layers":[{{Descriptor("application/vnd.oci.image.layer.v1.tar", layer)}}]}
        """;

    public void Dispose() => folder.Delete(recursive: true);
}
