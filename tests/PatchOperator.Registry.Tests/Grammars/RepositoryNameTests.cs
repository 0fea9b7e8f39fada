using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry.Tests.Grammars;

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
    [InlineData("golden/worker", "'golden/worker' names no registry: put its host in front, such as registry.example.com/golden/worker")]
    [InlineData("r.io:99999/golden", "'r.io:99999/golden' begins with 'r.io:99999', which is no host with an optional port")]
    [InlineData(
        "r.io/golden:1",
        "'r.io/golden:1' is no repository: it takes a host, an optional port and a path in lower case, such as registry.example.com/golden/worker, without "
            + "tag or digest")]
    public void What_is_no_repository_is_told_why(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => RepositoryName.Parse(text)).Message);
}
