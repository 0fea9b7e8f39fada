using System.Diagnostics;
using System.Text;

namespace PatchOperator.Registry.Tests;

public sealed class OciLayoutTests : IDisposable
{
    private readonly TestLayout layout = new();

    public void Dispose() => layout.Dispose();

    [Fact]
    public async Task A_layout_has_one_image()
    {
        var image = await ReadAsync();

        Assert.Equal(layout.Manifest, image.Manifest.Digest);
        Assert.Equal("hello".Length, image.Manifest.LayersSize);
        using var content = new StreamReader(image.Open(image.Manifest.Layers[0]));
        Assert.Equal("hello", await content.ReadToEndAsync());
    }

    [Fact]
    public async Task An_index_of_one_image_is_followed()
    {
        var index = layout.AddBlob(Encoding.UTF8.GetBytes(TestLayout.IndexJson(layout.Descriptor(TestLayout.ManifestType, layout.Manifest))));
        layout.WriteIndex(layout.Descriptor(TestLayout.IndexType, index));

        Assert.Equal(layout.Manifest, (await ReadAsync()).Manifest.Digest);
    }

    [Fact]
    public async Task What_no_manifest_names_does_no_harm()
    {
        layout.AddBlob("rubbish"u8);
        File.WriteAllText(layout.FileOf("README"), "rubbish");

        Assert.Equal(layout.Manifest, (await ReadAsync()).Manifest.Digest);
    }

    [Theory]
    [InlineData("oci-layout")]
    [InlineData("index.json")]
    [InlineData("manifest")]
    [InlineData("config")]
    [InlineData("layer")]
    public async Task A_missing_file_is_named(string which)
    {
        File.Delete(FileOf(which));

        Assert.EndsWith($"{NameOf(which)} is missing", await ErrorAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oci-layout")]
    [InlineData("index.json")]
    [InlineData("manifest")]
    [InlineData("layer")]
    public async Task A_link_is_not_followed(string which)
    {
        var elsewhere = Path.GetTempFileName();
        File.Move(FileOf(which), elsewhere, overwrite: true);
        File.CreateSymbolicLink(FileOf(which), elsewhere);

        Assert.Contains($"{NameOf(which)} is a symbolic link", await ErrorAsync(), StringComparison.Ordinal);
        File.Delete(elsewhere);
    }

    [Theory]
    [InlineData("blobs")]
    [InlineData("blobs/sha256")]
    public async Task A_linked_folder_is_not_followed(string which)
    {
        Directory.Move(layout.FileOf(which), layout.FileOf("elsewhere"));
        Directory.CreateSymbolicLink(layout.FileOf(which), layout.FileOf("elsewhere"));

        Assert.Equal($"{which} is a symbolic link: put the file itself there", await ErrorAsync());
    }

    [Theory]
    [InlineData("index.json")]
    [InlineData("layer")]
    public async Task A_pipe_is_not_waited_for(string which)
    {
        File.Delete(FileOf(which));
        using var mkfifo = Process.Start("mkfifo", [FileOf(which)]);
        await mkfifo.WaitForExitAsync();

        Assert.Equal($"{NameOf(which)} is empty, or no regular file", await ErrorAsync());
    }

    [Fact]
    public async Task A_folder_in_place_of_a_file_is_named()
    {
        File.Delete(FileOf("layer"));
        Directory.CreateDirectory(FileOf("layer"));

        Assert.Equal($"{NameOf("layer")} is a folder, not a file", await ErrorAsync());
    }

    [Theory]
    [InlineData("oci-layout", "{}", "oci-layout does not say imageLayoutVersion 1.0.0")]
    [InlineData("oci-layout", "1.0.0", "oci-layout: it is not the JSON it should be: ")]
    [InlineData("index.json", "null", "index.json: it is empty")]
    [InlineData("index.json", "[]", "index.json: it is not the JSON it should be: ")]
    [InlineData("index.json", "{}", "index.json names 0 images and should name one: ")]
    [InlineData("index.json", """{"manifests":[null]}""", "index.json: something in it is not described by ")]
    [InlineData(
        "index.json",
        """{"manifests":[{"mediaType":"a","digest":"sha256:../../../../etc/passwd","size":1}]}""",
        "index.json: something in it is not described by ")]
    [InlineData("index.json", """{"manifests":[{"mediaType":"a","digest":"md5:0","size":1}]}""", "index.json: something in it is not described by ")]
    public async Task Rubbish_is_named(string file, string content, string message)
    {
        File.WriteAllText(layout.FileOf(file), content);

        Assert.StartsWith(message, await ErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_images_are_one_too_many()
    {
        layout.WriteIndex(layout.Descriptor(TestLayout.ManifestType, layout.Manifest), layout.Descriptor(TestLayout.ManifestType, layout.Manifest));

        Assert.Equal("index.json names 2 images and should name one: a golden image has one architecture, and no attestations beside it", await ErrorAsync());
    }

    [Fact]
    public async Task A_blob_of_another_length_is_named()
    {
        File.AppendAllText(FileOf("layer"), "!");

        Assert.Equal($"{NameOf("layer")} has 6 bytes, and should have 5", await ErrorAsync());
    }

    [Fact]
    public async Task A_blob_of_other_content_is_named()
    {
        File.WriteAllText(FileOf("layer"), "hullo");

        Assert.Equal($"{NameOf("layer")} has other content than its name says", await ErrorAsync());
    }

    [Theory]
    [InlineData("""{"schemaVersion":2,"layers":[]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""")]
    [InlineData("""{"schemaVersion":2,"layers":[],"manifests":[]}""")]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""")]
    [InlineData("\u0001")]
    public async Task What_is_no_manifest_is_not_taken_for_one(string content)
    {
        var manifest = layout.AddBlob(Encoding.UTF8.GetBytes(content));
        layout.WriteIndex(layout.Descriptor(TestLayout.ManifestType, manifest));

        Assert.StartsWith($"blobs/{manifest.Replace(':', '/')}: it ", await ErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_changed_byte_of_a_blob_goes_unseen()
    {
        var random = new Random(1);
        foreach (var digest in new[] { layout.Layer, layout.Config, layout.Manifest })
        {
            var file = layout.BlobOf(digest);
            var content = File.ReadAllBytes(file);
            for (var round = 0; round < 50; round++)
            {
                var changed = content.ToArray();
                changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
                File.WriteAllBytes(file, changed);
                await ErrorAsync();
            }

            File.WriteAllBytes(file, content);
        }

        Assert.Equal(layout.Manifest, (await ReadAsync()).Manifest.Digest);
    }

    private Task<OciImage> ReadAsync() => OciLayout.ReadAsync(layout.Path, CancellationToken.None);

    private async Task<string> ErrorAsync() => (await Assert.ThrowsAsync<InvalidDataException>(ReadAsync)).Message;

    private string FileOf(string which) => layout.FileOf(NameOf(which));

    private string NameOf(string which) => which switch
    {
        "manifest" => $"blobs/{layout.Manifest.Replace(':', '/')}",
        "config" => $"blobs/{layout.Config.Replace(':', '/')}",
        "layer" => $"blobs/{layout.Layer.Replace(':', '/')}",
        _ => which,
    };
}
