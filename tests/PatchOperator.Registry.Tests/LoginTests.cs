using PatchOperator.Registry.Tests.Registries;
using static PatchOperator.Registry.Tests.Registries.ScriptedRegistry;
using static PatchOperator.Testing.ScriptedServer;

namespace PatchOperator.Registry.Tests;

/// <summary>Logins by token, and what can go wrong with them.</summary>
public class LoginTests
{
    private static readonly string Image = "sha256:" + new string('a', 64);
    private static readonly (string, string) Found = ("Docker-Content-Digest", Image);

    [Fact]
    public async Task A_token_is_fetched_with_the_password_and_used_again()
    {
        await using var tokens = await StartAsync(Status(200, """{"token":"t0ken","expires_in":300}"""));
        await using var registry = await StartAsync(Challenge(tokens), Status(200, "", Found));
        var client = registry.Client(Credentials(registry, """{"username":"golden","password":"open sesame"}"""));

        Assert.Equal(Image, await client.DigestAsync("1", CancellationToken.None));
        Assert.Equal(Image, await client.DigestAsync("2", CancellationToken.None));

        Assert.Equal(
            ["GET /token?x=y&service=registry.example.com&scope=repository%3Agolden%2Fworker%3Apull%2Cpush Basic Z29sZGVuOm9wZW4gc2VzYW1l"], tokens.Requests);
        Assert.Equal(
            ["HEAD /v2/golden/worker/manifests/1", "HEAD /v2/golden/worker/manifests/1 Bearer t0ken", "HEAD /v2/golden/worker/manifests/2 Bearer t0ken"], registry.Requests);
    }

    [Fact]
    public async Task A_token_is_fetched_without_a_login_too()
    {
        await using var tokens = await StartAsync(Status(200, """{"access_token":"anonymous"}"""));
        await using var registry = await StartAsync(Challenge(tokens), Status(200, "", Found));

        Assert.Equal(Image, await registry.Client().DigestAsync("1", CancellationToken.None));

        Assert.DoesNotContain("Basic", Assert.Single(tokens.Requests), StringComparison.Ordinal);
        Assert.EndsWith("Bearer anonymous", registry.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_token_is_exchanged()
    {
        await using var tokens = await StartAsync(Status(200, """{"access_token":"t0ken"}"""));
        await using var registry = await StartAsync(Challenge(tokens), Status(200, "", Found));

        await registry.Client(Credentials(registry, """{"identitytoken":"refresh me"}""")).DigestAsync("1", CancellationToken.None);

        Assert.Equal("POST /token?x=y", Assert.Single(tokens.Requests));
        Assert.Equal(
            "service=registry.example.com&scope=repository%3Agolden%2Fworker%3Apull%2Cpush&grant_type=refresh_token&client_id=patch-operator&refresh_token=refresh+me",
            Assert.Single(tokens.Bodies));
    }

    [Fact]
    public async Task A_token_that_has_expired_is_fetched_anew()
    {
        await using var tokens = await StartAsync(Status(200, """{"token":"first"}"""), Status(200, """{"token":"second"}"""));
        await using var registry = await StartAsync(Challenge(tokens), Status(200, "", Found), Challenge(tokens), Status(200, "", Found));
        var client = registry.Client();

        await client.DigestAsync("1", CancellationToken.None);
        await client.DigestAsync("1", CancellationToken.None);

        Assert.Equal(
            ["", "Bearer first", "Bearer first", "Bearer second"],
            registry.Requests.Select(request => request["HEAD /v2/golden/worker/manifests/1".Length..].Trim()));
    }

    [Fact]
    public async Task A_registry_that_is_never_content_is_asked_twice()
    {
        await using var tokens = await StartAsync(Status(200, """{"token":"t0ken"}"""));
        await using var registry = await StartAsync(Challenge(tokens));

        var error = await FailAsync(registry.Client(Credentials(registry, """{"username":"golden","password":"open sesame"}""")));

        Assert.Equal(RegistryProblem.Denied, error.Problem);
        Assert.Equal(2, registry.Requests.Count);
    }

    [Theory]
    [InlineData(401, RegistryProblem.Denied)]
    [InlineData(403, RegistryProblem.Denied)]
    [InlineData(404, RegistryProblem.Refused)]
    [InlineData(429, RegistryProblem.Unavailable)]
    [InlineData(503, RegistryProblem.Unavailable)]
    public async Task A_token_server_that_fails_is_named(int status, RegistryProblem problem)
    {
        await using var tokens = await StartAsync(Error(status, "NO", "not today"));
        await using var registry = await StartAsync(Challenge(tokens));

        var error = await FailAsync(registry.Client(Credentials(registry, """{"username":"golden","password":"open sesame"}""")));

        Assert.Equal(problem, error.Problem);
        Assert.StartsWith(
            $"{registry.Address}: cannot log in at {tokens.Address} to look up golden/worker:1: {status} ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": NO: not today", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":7}""")]
    [InlineData("""{"token":"two\nlines"}""")]
    public async Task An_answer_without_a_token_is_no_login(string answer)
    {
        await using var tokens = await StartAsync(Status(200, answer));
        await using var registry = await StartAsync(Challenge(tokens));

        var error = await FailAsync(registry.Client());

        Assert.Equal(RegistryProblem.Unavailable, error.Problem);
        Assert.EndsWith(": the answer holds no token", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer", "it asks to log in at '', which is no address")]
    [InlineData("Bearer realm=\"nowhere\"", "it asks to log in at 'nowhere', which is no address")]
    [InlineData("Bearer realm=\"file:///etc/passwd\"", "it asks to log in at 'file:///etc/passwd', which is no address")]
    public async Task A_realm_must_be_an_address(string challenge, string expected)
    {
        await using var registry = await StartAsync(Status(401, "", ("WWW-Authenticate", challenge)));

        var error = await FailAsync(registry.Client());

        Assert.Equal(RegistryProblem.Refused, error.Problem);
        Assert.EndsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_never_leaves_TLS_for_a_token()
    {
        using var https = new HttpClient(new Answering(() => new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized)
        {
            Headers = { { "WWW-Authenticate", """Bearer realm="http://tokens.example.com/token",service="x" """ } },
        }));
        var client = new RegistryClient(
            https,
            "registry.example.com/golden/worker",
            DockerCredentials.Parse("""{"auths":{"registry.example.com":{"username":"u","password":"p"}}}"""),
            insecure: false);

        var error = await FailAsync(client);

        Assert.Equal(RegistryProblem.Refused, error.Problem);
        Assert.EndsWith("over plain HTTP, which would show the password to everybody", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheme_that_nobody_knows_is_denied()
    {
        await using var registry = await StartAsync(Status(401, "", ("WWW-Authenticate", "Negotiate")));

        Assert.Equal(RegistryProblem.Denied, (await FailAsync(registry.Client())).Problem);
        Assert.Single(registry.Requests);
    }

    private static async Task<RegistryException> FailAsync(RegistryClient client)
    {
        var error = await Assert.ThrowsAsync<RegistryException>(() => client.DigestAsync("1", CancellationToken.None));
        Assert.DoesNotContain("sesame", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", error.ToString(), StringComparison.Ordinal);
        return error;
    }

    private static Microsoft.AspNetCore.Http.RequestDelegate Challenge(ScriptedServer tokens) =>
        Status(
            401,
            "",
            ("WWW-Authenticate", $"""Bearer realm="{tokens.Url}/token?x=y",service="registry.example.com",scope="repository:golden/worker:pull,push" """));

    private static string Credentials(ScriptedServer registry, string entry) => $$$"""{"auths":{"{{{registry.Address}}}":{{{entry}}} } }""";

    private sealed class Answering(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = answer();
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }
}
