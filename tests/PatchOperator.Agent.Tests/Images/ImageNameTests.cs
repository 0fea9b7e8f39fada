using System.Text.Json;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Registry.Tests.Grammars;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>The agent reads names as the operator's validation and the registry client do.</summary>
public class ImageNameTests
{
    private static readonly ImageRequest Plain = new() { Baseline = "worker", Source = new() { Suite = "bookworm" } };

    [Theory, MemberData(nameof(ImageNameCases.Repositories), MemberType = typeof(ImageNameCases))]
    public void Repositories(string text, bool valid) => Check("output.repository", valid, Plain with { Output = new() { Repository = text } });

    [Theory, MemberData(nameof(ImageNameCases.References), MemberType = typeof(ImageNameCases))]
    public void References(string text, string? repository) =>
        Check("source.image", repository is not null, Plain with { Source = new() { Suite = "bookworm", Image = text } });

    [Theory, MemberData(nameof(ImageNameCases.Tags), MemberType = typeof(ImageNameCases))]
    public void Tags(string text, bool valid) =>
        Check("version", valid, Plain with { Mode = ImageJobMode.Scan, Digest = $"sha256:{ImageNameCases.Hex}", Version = text });

    [Theory, MemberData(nameof(ImageNameCases.Digests), MemberType = typeof(ImageNameCases))]
    public void Digests(string text, bool valid) => Check("digest", valid, Plain with { Mode = ImageJobMode.Scan, Digest = text, Version = "1" });

    [Theory]
    [InlineData("{baseline}-{digest}", true)]
    [InlineData("-{digest}", false)]
    [InlineData("{digest}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}"
        + "{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}{baseline}", false)]
    public void Templates(string text, bool valid) => Check("output.tagTemplate", valid, Plain with { Output = new() { TagTemplate = text } });

    private static void Check(string field, bool valid, ImageRequest request)
    {
        var error = Record.Exception(() => ImageRequestReader.Read(JsonSerializer.Serialize(request, ContractJson.Default.ImageRequest)));

        Assert.Equal(valid, error is null);
        Assert.True(
            valid || error is ImageFailureException && error.Message.StartsWith($"PATCH_IMAGE_REQUEST: {field}", StringComparison.Ordinal), error?.ToString());
    }
}
