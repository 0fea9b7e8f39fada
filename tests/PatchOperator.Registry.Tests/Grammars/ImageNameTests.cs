using PatchOperator.Contract.Grammars;
using PatchOperator.Registry.Tests.Registries;
using static PatchOperator.Registry.Tests.Grammars.ImageNameCases;

namespace PatchOperator.Registry.Tests.Grammars;

/// <summary>The registry client's reading of the names that the operator and the agent read too.</summary>
public class ImageNameTests
{
    [Theory, MemberData(nameof(Repositories), MemberType = typeof(ImageNameCases))]
    public void A_client_is_for_a_repository(string text, bool valid)
    {
        var error = Record.Exception(() => new RegistryClient(TestClients.Http, text, DockerCredentials.None, insecure: true));

        Assert.Equal(valid, error is null);
        Assert.True(valid || error is FormatException && error.Message.StartsWith($"'{text}' ", StringComparison.Ordinal), error?.ToString());
    }

    [Theory, MemberData(nameof(References), MemberType = typeof(ImageNameCases))]
    public void An_image_lies_in_a_repository(string text, string? repository) => Assert.Equal(repository, ImageReference.RepositoryOf(text)?.ToString());

    [Theory, MemberData(nameof(Tags), MemberType = typeof(ImageNameCases)), MemberData(nameof(ImageNameCases.Digests), MemberType = typeof(ImageNameCases))]
    public async Task Only_tags_and_digests_become_addresses(string text, bool valid)
    {
        await using var registry = await ScriptedServer.StartAsync(ScriptedServer.Status(404));

        var error = await Record.ExceptionAsync(() => registry.Client().DigestAsync(text, CancellationToken.None));

        // 64 digits are a tag as well.
        Assert.Equal(valid || text == Hex, error is null);
        Assert.True(error is null or RegistryException { Problem: RegistryProblem.Refused }, error?.ToString());
        Assert.Equal(error is null ? 1 : 0, registry.Requests.Count);
    }

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

    [Theory]
    [InlineData("{date}-{digest}", true)]
    [InlineData("{baseline}.{baseline}", true)]
    [InlineData("stable", true)]
    [InlineData("", false)]
    [InlineData("-{digest}", false)]
    [InlineData("{digits}", false)]
    [InlineData("{Date}", false)]
    public void A_template_makes_tags(string template, bool valid) => Assert.Equal(valid, TagTemplate.MakesTags(template, "worker"));

    [Theory]
    [InlineData("{baseline}-{baseline}-{digest}", 57, true)]
    [InlineData("{baseline}-{baseline}-{digest}", 58, false)]
    public void A_template_counts_with_the_name_of_its_baseline(string template, int length, bool valid) =>
        Assert.Equal(valid, TagTemplate.MakesTags(template, new string('b', length)));
}
