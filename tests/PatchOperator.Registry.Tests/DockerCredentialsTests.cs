using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry.Tests;

public class DockerCredentialsTests
{
    // user:pass:word
    private const string Auth = "dXNlcjpwYXNzOndvcmQ=";

    [Theory]
    [InlineData("registry.example.com", "registry.example.com/golden/worker")]
    [InlineData("registry.example.com:5000", "registry.example.com:5000/golden/worker")]
    [InlineData("https://registry.example.com", "registry.example.com/golden/worker")]
    [InlineData("https://registry.example.com/v1/", "registry.example.com/golden/worker")]
    [InlineData("http://Registry.Example.com/v2/", "registry.example.com/golden/worker")]
    [InlineData("registry.example.com/golden", "registry.example.com/golden/worker")]
    [InlineData("registry.example.com/golden/worker", "registry.example.com/golden/worker")]
    [InlineData("https://index.docker.io/v1/", "docker.io/team/golden")]
    [InlineData("docker.io", "index.docker.io/team/golden")]
    [InlineData("registry-1.docker.io", "docker.io/debian")]
    [InlineData("https://registry.example.com/v2/golden", "registry.example.com/golden/worker")]
    [InlineData("*.example.com", "registry.example.com/golden/worker")]
    [InlineData("registry.*.com", "registry.example.com/golden/worker")]
    [InlineData("*.*.com", "registry.example.com/golden/worker")]
    [InlineData("*-eu.example.com", "golden-eu.example.com/worker")]
    [InlineData("registry-?.example.com", "registry-1.example.com/worker")]
    [InlineData("*.example.com/golden", "registry.example.com/golden/worker")]
    [InlineData("*.example.com:5000", "registry.example.com:5000/golden/worker")]
    [InlineData("https://*.Example.com/v2/", "registry.example.com/golden/worker")]
    [InlineData("*.io", "docker.io/debian")]
    public void A_key_fits(string key, string repository)
    {
        var login = For($$$"""{"auths":{"{{{key}}}":{"auth":"{{{Auth}}}"} } }""", repository)!;

        Assert.Equal(("user", "pass:word"), (login.Username, login.Password));
    }

    [Theory]
    [InlineData("registry.example.com:5000", "registry.example.com/golden/worker")]
    [InlineData("registry.example.com", "registry.example.com.evil.example/golden/worker")]
    [InlineData("example.com", "registry.example.com/golden/worker")]
    [InlineData("registry.example.com/gold", "registry.example.com/golden/worker")]
    [InlineData("registry.example.com/golden/worker/arm", "registry.example.com/golden/worker")]
    [InlineData("registry.example.com/golden/v1", "registry.example.com/golden/worker")]
    [InlineData("*.example.com", "example.com/golden/worker")]
    [InlineData("*.com", "registry.example.com/golden/worker")]
    [InlineData("*", "registry.example.com/golden/worker")]
    [InlineData("*.example.com", "registry.example.com:5000/golden/worker")]
    [InlineData("*.example.com:*", "registry.example.com:5000/golden/worker")]
    [InlineData("*.example.com/*", "registry.example.com/golden/worker")]
    [InlineData("*.example.com", "registry.example.com.evil.example/golden/worker")]
    public void A_key_does_not_fit(string key, string repository) => Assert.Empty(All($$$"""{"auths":{"{{{key}}}":{"auth":"{{{Auth}}}"} } }""", repository));

    [Fact]
    public void Each_key_that_fits_counts_the_most_specific_first()
    {
        const string json = """
            {"auths":{"*.io":{"username":"any"},"https://r.io/v1/":{"username":"all"},"r.io/golden":{"username":"golden"},"r.io":{"username":"again"},
            "*.io/golden/worker":{"username":"any worker"},"q.io":{"username":"other"} } }
            """;

        Assert.Equal(["golden", "all", "again", "any worker", "any"], All(json, "r.io/golden/worker").Select(login => login.Username));
    }

    [Fact]
    public void The_longest_key_counts()
    {
        const string json = """{"auths":{"r.io":{"username":"all"},"r.io/golden":{"username":"golden"},"r.io/golden/worker":{"username":"worker"}}}""";

        Assert.Equal("worker", For(json, "r.io/golden/worker")!.Username);
        Assert.Equal("golden", For(json, "r.io/golden/other")!.Username);
        Assert.Equal("all", For(json, "r.io/other")!.Username);
    }

    [Theory]
    [InlineData("""{"username":"user","password":"secret"}""", "user", "secret", null)]
    [InlineData("""{"auth":"dXNlcjo=","identitytoken":"token"}""", "user", "", "token")]
    [InlineData("""{"auth":"dXNlcjo","identitytoken":"token"}""", "user", "", "token")]
    [InlineData("""{"auth":"dXNlcjpzZWNyZXQK\n"}""", "user", "secret\n", null)]
    [InlineData("""{"identitytoken":"token"}""", "", "", "token")]
    [InlineData("""{"auth":"","username":"user","password":"secret"}""", "user", "secret", null)]
    public void A_login_is_written_in_several_ways(string entry, string username, string password, string? identityToken)
    {
        var login = For($$$"""{"auths":{"r.io":{{{entry}}}}}""", "r.io/golden")!;

        Assert.Equal((username, password, identityToken), (login.Username, login.Password, login.IdentityToken));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"email":"user@example.com"}""")]
    public void An_entry_may_hold_nothing(string entry) => Assert.Empty(All($$$"""{"auths":{"r.io":{{{entry}}}},"credsStore":"desktop"}""", "r.io/golden"));

    [Theory]
    [InlineData("", "not JSON: line 1")]
    [InlineData("{\"auths\":{\"r.io\":{\"password\":hunter2}}}", "not JSON: line 1")]
    [InlineData("[]", "no object 'auths'")]
    [InlineData("{}", "no object 'auths'")]
    [InlineData("""{"auths":"hunter2"}""", "no object 'auths'")]
    [InlineData("""{"auths":{"r.io":"hunter2"}}""", "auths['r.io']")]
    [InlineData("""{"auths":{"r.io":{"auth":"hunter2!"}}}""", "'auth' of auths['r.io']")]
    [InlineData("""{"auths":{"r.io":{"auth":"aHVudGVyMg=="}}}""", "'auth' of auths['r.io']")]
    public void What_is_no_configuration_is_named_without_its_secrets(string json, string expected)
    {
        var error = Assert.Throws<FormatException>(() => DockerCredentials.Parse(json));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    private static RegistryLogin? For(string json, string repository) => All(json, repository) is [var first, ..] ? first : null;

    private static IReadOnlyList<RegistryLogin> All(string json, string repository) => DockerCredentials.Parse(json).For(RepositoryName.Parse(repository));
}
