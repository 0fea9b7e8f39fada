using PatchOperator.Agent.Images.Publishing;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images.Publishing;

public class VersionsTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("{date}-{digest}", "20260306-0123456789ab")]
    [InlineData("{baseline}-{date}{time}", "worker-20260306230203")]
    [InlineData("{baseline}.{baseline}", "worker.worker")]
    [InlineData("stable", "stable")]
    [InlineData("v1_{digest}", "v1_0123456789ab")]
    public void A_version_is_made_from_the_template(string template, string expected) => Assert.Equal(expected, Versions.Of(ARequest(template), Digest));

    [Fact]
    public void Content_that_is_known_keeps_its_version() =>
        Assert.Equal("first", Versions.Of(ARequest("{digest}") with { Known = [new("sha256:other", "other"), new(Digest, "first")] }, Digest));

    private static ImageRequest ARequest(string template) => new()
    {
        Baseline = "worker",
        StartedAt = new DateTimeOffset(2026, 3, 7, 1, 2, 3, TimeSpan.FromHours(2)),
        Output = new ImageRequestOutput { TagTemplate = template },
    };
}
