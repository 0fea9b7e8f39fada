namespace PatchOperator.Registry.Tests;

public class RepositoryNameTests
{
    [Theory]
    [InlineData("registry.example.com/golden/worker", "registry.example.com", "registry.example.com", "golden/worker")]
    [InlineData("Registry.Example.COM:5000/worker", "registry.example.com:5000", "registry.example.com:5000", "worker")]
    [InlineData("localhost/golden", "localhost", "localhost", "golden")]
    [InlineData("registry:5000/a_b/c__d/e-f/g---h/i.j", "registry:5000", "registry:5000", "a_b/c__d/e-f/g---h/i.j")]
    [InlineData("[::1]:5000/golden", "[::1]:5000", "[::1]:5000", "golden")]
    [InlineData("docker.io/debian", "docker.io", "registry-1.docker.io", "library/debian")]
    [InlineData("index.docker.io/team/golden", "docker.io", "registry-1.docker.io", "team/golden")]
    public void A_repository_has_a_registry_and_a_path(string text, string registry, string endpoint, string path)
    {
        var name = RepositoryName.Parse(text);

        Assert.Equal((registry, endpoint, path), (name.Registry, name.Endpoint, name.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("registry.example.com")]
    [InlineData("registry.example.com/")]
    [InlineData("registry.example.com/Golden")]
    [InlineData("registry.example.com/golden:1")]
    [InlineData("registry.example.com/golden@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("registry.example.com/golden/../other")]
    [InlineData("registry.example.com//golden")]
    [InlineData("registry.example.com/golden/")]
    [InlineData("registry.example.com/golden\n")]
    [InlineData("registry.example.com/a.-b")]
    [InlineData("registry.example.com/golden?x=1")]
    [InlineData("registry.example.com/gol%64en")]
    [InlineData("https://registry.example.com/golden")]
    [InlineData("user:password@registry.example.com/golden")]
    [InlineData("registry.example.com:123456/golden")]
    [InlineData("registry.example.com:99999/golden")]
    [InlineData("-registry.example.com/golden")]
    [InlineData("[::zz]:5000/golden")]
    public void What_is_no_repository_is_not_taken_for_one(string text) => Assert.Throws<FormatException>(() => RepositoryName.Parse(text));

    [Fact]
    public void A_repository_without_its_registry_says_so()
    {
        var error = Assert.Throws<FormatException>(() => RepositoryName.Parse("golden/worker"));

        Assert.Equal("'golden/worker' names no registry: put its host in front, such as registry.example.com/golden/worker", error.Message);
    }

    [Fact]
    public void A_path_has_at_most_255_characters()
    {
        Assert.NotNull(RepositoryName.Parse($"r.io/{new string('a', 255)}"));
        Assert.Throws<FormatException>(() => RepositoryName.Parse($"r.io/{new string('a', 256)}"));
    }
}
