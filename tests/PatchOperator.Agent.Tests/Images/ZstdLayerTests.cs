using System.Text;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Registry;
using ZstdSharp;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>Layers that BuildKit, buildah and skopeo compress by zstd when asked to.</summary>
public sealed class ZstdLayerTests : IDisposable
{
    private const string ZstdType = "application/vnd.oci.image.layer.v1.tar+zstd";
    private static readonly ImageRequest Request = TarImage.Request with { Output = new() { Format = ImageRequestFormat.Oci } };

    private readonly ImageWorkspaceFolder workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task An_image_is_scanned_as_one_of_other_layers_would_be()
    {
        using var host = new TestHost();
        host.Main(APackage("fix", "1.0")).Install("fix").Security(APackage("fix", "1.1"));
        Shell.Run("sh", "-ec", """
            cd "$2"
            tar --create --one-file-system --directory "$1" --file layer.tar .
            umoci init --layout plain
            umoci new --image plain:x
            umoci raw add-layer --image plain:x layer.tar
            skopeo --insecure-policy copy --quiet --dest-compress-format zstd oci:plain:x oci:image
            rm -r layer.tar plain
            """, "sh", host.Root, workspace.Folder);
        Assert.Contains(
            ZstdType,
            string.Concat(
                Directory.EnumerateFiles(workspace.PathOf("image/blobs/sha256")).Where(file => new FileInfo(file).Length < 5000).Select(File.ReadAllText)),
            StringComparison.Ordinal);
        var before = workspace.Digest();

        (await workspace.RunAsync("scan", Request)).Succeeded();

        var node = await host.ScanAsync();
        Assert.Equal(node.Report.Installed, new InstalledFacts(workspace.Findings.Packages, workspace.Findings.PatchLevel));
        Assert.Equal(["fix"], workspace.Findings.PendingNames);
        File.Delete(workspace.PathOf(ImageWorkspace.Findings));
        Assert.Equal(before, workspace.Digest());
    }

    [Fact]
    public async Task Frames_follow_each_other_and_may_be_skipped()
    {
        var tar = Tar();
        // By "Skippable Frames" of RFC 8878: what tools put an index of the layer's files into.
        byte[] skipped = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
        Build([.. Compress(tar[..1000]), .. skipped, .. Compress(tar[1000..]), .. skipped], tar);

        (await workspace.RunAsync("test", Request with { Tests = [new("file", ["/hello"], 30)] })).Succeeded();

        // It is there, and no program.
        Assert.StartsWith("exit code 127", workspace.Tests[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "is not compressed by zstd as its media type says")]
    [InlineData("cut", "is not compressed by zstd as its media type says")]
    [InlineData("other", "does not hold a whole image")]
    public async Task A_layer_that_is_no_such_is_named(string layer, string problem)
    {
        var tar = Tar();
        Build(layer switch
        {
            "nonsense" => tar,
            "cut" => Compress(tar)[..^8],
            _ => Compress(Encoding.UTF8.GetBytes("not what the configuration says")),
        }, tar);

        var message = (await workspace.RunAsync("test", Request)).Failed(ImageExitCodes.BadRecipe, ImageReasons.ResultInvalid);

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.PathOf("scratch")));
    }

    /// <param name="layer">The only layer.</param>
    /// <param name="tar">What the configuration says that it has.</param>
    private void Build(byte[] layer, byte[] tar)
    {
        using var layout = new TestLayout();
        var config = layout.AddBlob(
            Encoding.UTF8.GetBytes($$$"""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["{{{Digests.Of(tar)}}}"]}}"""));
        var manifest = layout.ManifestJson(config, layout.AddBlob(layer)).Replace("application/vnd.oci.image.layer.v1.tar", ZstdType, StringComparison.Ordinal);
        layout.WriteIndex(layout.Descriptor(TestLayout.ManifestType, layout.AddBlob(Encoding.UTF8.GetBytes(manifest))));
        Shell.Run("cp", "-r", layout.Path, workspace.PathOf(ImageWorkspace.OciLayout));
    }

    private static byte[] Tar()
    {
        using var folder = new TemporaryFolder();
        Shell.Run("sh", "-ec", "cd \"$1\"; mkdir root; echo hello >root/hello; tar --create --directory root --file tar .", "sh", folder.Path);
        return File.ReadAllBytes(folder.PathOf("tar"));
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(content).ToArray();
    }
}
