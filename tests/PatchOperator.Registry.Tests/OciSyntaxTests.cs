namespace PatchOperator.Registry.Tests;

public class OciSyntaxTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("1", true)]
    [InlineData("_a.b-C", true)]
    [InlineData("20260101-0123456789ab", true)]
    [InlineData("a..b", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    [InlineData("a:b", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("ä", false)]
    [InlineData("a%2e", false)]
    [InlineData("a?b", false)]
    public void Tags(string text, bool expected) => Assert.Equal(expected, OciSyntax.IsTag(text));

    [Fact]
    public void A_tag_has_at_most_128_characters()
    {
        Assert.True(OciSyntax.IsTag(new string('a', 128)));
        Assert.False(OciSyntax.IsTag(new string('a', 129)));
    }

    [Theory]
    [InlineData($"sha256:{Hex}", true)]
    [InlineData($"sha256:{Hex}\n", false)]
    [InlineData($"sha256:{Hex}0", false)]
    [InlineData($"sha512:{Hex}", false)]
    [InlineData($"SHA256:{Hex}", false)]
    [InlineData("sha256:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF", false)]
    [InlineData(Hex, false)]
    [InlineData("sha256:../../../etc/passwd", false)]
    public void Digests_are_of_sha256(string text, bool expected) => Assert.Equal(expected, OciSyntax.IsDigest(text));

    [Fact]
    public void Whatever_is_a_tag_stays_one_in_an_address()
    {
        var random = new Random(1);
        var root = new Uri("https://registry.example.com/v2/golden/manifests/");
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => (char)random.Next(0x20, 0x7f))]);
            if (OciSyntax.IsTag(text))
                Assert.Equal($"https://registry.example.com/v2/golden/manifests/{text}", new Uri(root, text).AbsoluteUri);
        }
    }
}
