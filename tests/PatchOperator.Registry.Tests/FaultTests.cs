using PatchOperator.Registry.Tests.Registries;
using static PatchOperator.Registry.Tests.Registries.ScriptedRegistry;
using static PatchOperator.Testing.ScriptedServer;

namespace PatchOperator.Registry.Tests;

/// <summary>What a real registry does only on a bad day.</summary>
public class FaultTests
{
    private const string Manifest = """{"schemaVersion":2,"manifests":[]}""";

    private static readonly string Digest = Digests.Of("{\"schemaVersion\":2,\"manifests\":[]}"u8);
    private static readonly string Other = "sha256:" + new string('a', 64);
    private static readonly OciDescriptor Blob = new("application/x-tar", Digests.Of("hello"u8), 5);
    private static readonly (string, string) IndexType = ("Content-Type", TestLayout.IndexType);

    [Theory]
    [InlineData(400, RegistryProblem.Refused)]
    [InlineData(403, RegistryProblem.Denied)]
    [InlineData(408, RegistryProblem.Unavailable)]
    [InlineData(413, RegistryProblem.TooLarge)]
    [InlineData(429, RegistryProblem.Unavailable)]
    [InlineData(500, RegistryProblem.Unavailable)]
    [InlineData(503, RegistryProblem.Unavailable)]
    public async Task An_error_is_told_in_the_words_of_the_registry(int status, RegistryProblem problem)
    {
        await using var registry = await StartAsync(Error(status, "TOOMANYREQUESTS", "slow\\ndown"));

        var error = await Assert.ThrowsAsync<RegistryException>(() => registry.Client().GetManifestAsync("1", CancellationToken.None));

        Assert.Equal(problem, error.Problem);
        Assert.StartsWith($"{registry.Address}: cannot fetch the manifest golden/worker:1: {status} ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": TOOMANYREQUESTS: slow down", error.Message, StringComparison.Ordinal);
        Assert.Single(registry.Requests);
    }

    [Theory]
    [InlineData("<html>Bad Gateway</html>")]
    [InlineData("{}")]
    [InlineData("""{"errors":{}}""")]
    [InlineData("""{"errors":[]}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Another_body_is_left_out(string body)
    {
        await using var registry = await StartAsync(Status(502, body));

        var error = await Assert.ThrowsAsync<RegistryException>(() => registry.Client().GetManifestAsync("1", CancellationToken.None));

        Assert.EndsWith(": 502 Bad Gateway", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_error_is_cut()
    {
        await using var registry = await StartAsync(Error(400, "LONG", new string('x', 5000)));

        var error = await Assert.ThrowsAsync<RegistryException>(() => registry.Client().GetManifestAsync("1", CancellationToken.None));

        Assert.InRange(error.Message.Length, 300, 500);
    }

    [Fact]
    public async Task A_digest_is_found_where_no_header_states_it()
    {
        await using var registry = await StartAsync(Status(200), Status(200, Manifest, IndexType));

        Assert.Equal(Digest, await registry.Client().DigestAsync("1", CancellationToken.None));
    }

    [Fact]
    public async Task A_stated_digest_that_is_another_is_corrupt()
    {
        await using var registry = await StartAsync(Status(200, "", ("Docker-Content-Digest", Other)));

        await CorruptAsync(() => registry.Client().DigestAsync(Digest, CancellationToken.None), $"the digest is {Other} and should be {Digest}");
    }

    [Fact]
    public async Task A_stated_digest_that_is_none_is_corrupt()
    {
        await using var registry = await StartAsync(Status(200, "", ("Docker-Content-Digest", "md5:0")));

        await CorruptAsync(() => registry.Client().DigestAsync("1", CancellationToken.None), "its header Docker-Content-Digest is no sha256 digest");
    }

    [Fact]
    public async Task A_manifest_of_another_digest_is_corrupt()
    {
        await using var registry = await StartAsync(Status(200, Manifest, IndexType));

        await CorruptAsync(() => registry.Client().GetManifestAsync(Other, CancellationToken.None), $"the digest is {Digest} and should be {Other}");
        await CorruptAsync(() => registry.Client().TagAsync(Other, "current", CancellationToken.None), $"the digest is {Digest} and should be {Other}");
        Assert.DoesNotContain(registry.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("application/vnd.docker.distribution.manifest.v1+prettyjws", "it does not say what it is")]
    [InlineData(TestLayout.ManifestType, $"it is no whole manifest of an image, but something of type {TestLayout.ManifestType}")]
    public async Task What_is_no_manifest_is_not_taken_for_one(string type, string message)
    {
        await using var registry = await StartAsync(Status(200, Manifest, ("Content-Type", type)));

        await CorruptAsync(() => registry.Client().GetManifestAsync("1", CancellationToken.None), message);
    }

    [Fact]
    public async Task A_tag_that_is_stored_otherwise_is_corrupt()
    {
        await using var registry = await StartAsync(Status(200, Manifest, IndexType), Status(404), Status(201, "", ("Docker-Content-Digest", Other)));

        await CorruptAsync(() => registry.Client().TagAsync(Digest, "current", CancellationToken.None), $"the digest is {Other} and should be {Digest}");
    }

    [Fact]
    public async Task A_manifest_without_end_is_not_read()
    {
        await using var registry = await StartAsync(Status(200, new string(' ', OciManifest.MaxBytes + 1), IndexType));

        Assert.Equal(
            RegistryProblem.Unavailable,
            (await Assert.ThrowsAsync<RegistryException>(() => registry.Client().GetManifestAsync("1", CancellationToken.None))).Problem);
    }

    [Theory]
    [InlineData("hullo", "the digest is sha256:")]
    [InlineData("hell", "it sends 4 bytes of 5")]
    [InlineData("hello!", "it sends more than the 5 bytes")]
    public async Task A_blob_that_is_another_is_corrupt(string content, string message)
    {
        await using var registry = await StartAsync(Status(200, content));

        var error = await Assert.ThrowsAsync<RegistryException>(() => ReadBlobAsync(registry.Client()));

        Assert.Equal(RegistryProblem.Corrupt, error.Problem);
        Assert.Contains($"cannot fetch the blob golden/worker@{Blob.Digest}: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_is_cut_off_is_unavailable()
    {
        await using var registry = await StartAsync(Cut("he"));

        Assert.Equal(RegistryProblem.Unavailable, (await Assert.ThrowsAsync<RegistryException>(() => ReadBlobAsync(registry.Client()))).Problem);
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_unavailable()
    {
        await using var registry = await StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.Equal(
            RegistryProblem.Unavailable,
            (await Assert.ThrowsAsync<RegistryException>(() => registry.Client().DigestAsync("1", CancellationToken.None))).Problem);
    }

    [Fact]
    public async Task Silence_is_unavailable()
    {
        await using var registry = await StartAsync(SilenceAsync);
        using var impatient = RegistryClient.NewHttpClient(TimeSpan.FromMilliseconds(200));

        var error = await Assert.ThrowsAsync<RegistryException>(() => registry.Client(http: impatient).DigestAsync("1", CancellationToken.None));

        Assert.Equal(RegistryProblem.Unavailable, error.Problem);
        Assert.Equal($"{registry.Address}: cannot look up golden/worker:1: no answer in time", error.Message);
    }

    [Fact]
    public async Task Who_is_told_to_stop_stops()
    {
        await using var registry = await StartAsync(SilenceAsync);
        using var stop = new CancellationTokenSource();
        var asking = registry.Client().DigestAsync("1", stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_login_is_not_shown_to_the_host_that_keeps_the_blobs()
    {
        await using var storage = await StartAsync(Status(200, "hello"));
        await using var registry = await StartAsync(
            Status(401, "", ("WWW-Authenticate", "Basic realm=x")), Status(307, "", ("Location", $"{storage.Url}/blob?signature=1%2F2")));
        var client = registry.Client($$$"""{"auths":{"{{{registry.Address}}}":{"username":"golden","password":"open sesame"} } }""");

        await ReadBlobAsync(client);

        Assert.EndsWith("Basic Z29sZGVuOm9wZW4gc2VzYW1l", registry.Requests.Last(), StringComparison.Ordinal);
        Assert.Equal("GET /blob?signature=1%2F2", Assert.Single(storage.Requests));
    }

    [Fact]
    public async Task A_login_is_not_shown_to_the_host_that_takes_the_blobs()
    {
        await using var storage = await StartAsync(Status(201));
        await using var registry = await StartAsync(
            Status(401, "", ("WWW-Authenticate", "Basic realm=x")), Status(404), Status(202, "", ("Location", $"{storage.Url}/upload?state=1%3D")), Error(500, "STOP", "here"));
        var client = registry.Client($$$"""{"auths":{"{{{registry.Address}}}":{"username":"golden","password":"open sesame"} } }""");

        await Assert.ThrowsAsync<RegistryException>(() => client.PushAsync(OneBlob(), "1", CancellationToken.None));

        Assert.Equal($"PUT /upload?state=1%3D&digest={Uri.EscapeDataString(OneBlob().Manifest.Config!.Digest)}", Assert.Single(storage.Requests));
        Assert.Equal("{}", Assert.Single(storage.Bodies));
    }

    [Fact]
    public async Task A_redirect_within_the_registry_keeps_the_login()
    {
        await using var registry = await StartAsync(
            Status(401, "", ("WWW-Authenticate", "Basic realm=x")), Status(302, "", ("Location", "/elsewhere")), Status(200, "hello"));
        var client = registry.Client($$$"""{"auths":{"{{{registry.Address}}}":{"username":"golden","password":"open sesame"} } }""");

        await ReadBlobAsync(client);

        Assert.Equal("GET /elsewhere Basic Z29sZGVuOm9wZW4gc2VzYW1l", registry.Requests.Last());
    }

    [Theory]
    [InlineData("/again", "more than 5 redirects")]
    [InlineData("file:///etc/passwd", "it sends us on to file://, out of TLS")]
    public async Task A_redirect_may_lead_nowhere(string location, string message)
    {
        await using var registry = await StartAsync(Status(307, "", ("Location", location)));

        var error = await Assert.ThrowsAsync<RegistryException>(() => ReadBlobAsync(registry.Client()));

        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_needs_a_place()
    {
        await using var registry = await StartAsync(Status(404), Status(202));

        var error = await Assert.ThrowsAsync<RegistryException>(() => registry.Client().PushAsync(OneBlob(), "1", CancellationToken.None));

        Assert.EndsWith(": 202 without a Location", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blobs_come_first_then_the_manifest_by_its_digest_then_its_tag()
    {
        var image = OneBlob();
        var (config, layer) = (image.Manifest.Config!.Digest, image.Manifest.Layers[0].Digest);
        await using var registry = await StartAsync(
            Status(404), Status(202, "", ("Location", "/here")), Status(201), Status(200), Status(404), Status(201), Status(404), Status(201),
            Status(200, "", ("Docker-Content-Digest", image.Manifest.Digest)));

        await registry.Client().PushAsync(image, "1", CancellationToken.None);

        Assert.Equal(
            [
                $"HEAD /v2/golden/worker/blobs/{config}", "POST /v2/golden/worker/blobs/uploads/", $"PUT /here?digest={Uri.EscapeDataString(config)}",
                $"HEAD /v2/golden/worker/blobs/{layer}",
                $"HEAD /v2/golden/worker/manifests/{image.Manifest.Digest}", $"PUT /v2/golden/worker/manifests/{image.Manifest.Digest}",
                "HEAD /v2/golden/worker/manifests/1", "PUT /v2/golden/worker/manifests/1", "HEAD /v2/golden/worker/manifests/1",
            ],
            registry.Requests);
    }

    [Fact]
    public async Task What_is_there_already_is_not_written()
    {
        var image = OneBlob();
        await using var registry = await StartAsync(Status(200), Status(200), Status(200, "", ("Docker-Content-Digest", image.Manifest.Digest)));

        await registry.Client().PushAsync(image, "1", CancellationToken.None);

        Assert.All(registry.Requests, request => Assert.StartsWith("HEAD ", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_immutable_tag_may_stand_for_the_digest_already()
    {
        await using var registry = await StartAsync(
            Status(200, Manifest, IndexType), Status(200, "", ("Docker-Content-Digest", Digest)), Error(400, "TAG_INVALID", "the tag is immutable"));

        Assert.True(await registry.Client().TagAsync(Digest, "current", CancellationToken.None));
    }

    [Fact]
    public async Task An_immutable_tag_of_another_digest_is_refused_by_name()
    {
        await using var registry = await StartAsync(
            Status(200, Manifest, IndexType), Status(200, "", ("Docker-Content-Digest", Other)), Error(400, "TAG_INVALID", "the tag is immutable"));

        var error = await Assert.ThrowsAsync<RegistryException>(() => registry.Client().TagAsync(Digest, "current", CancellationToken.None));

        Assert.Equal(RegistryProblem.Refused, error.Problem);
        Assert.EndsWith(
            $"cannot push the manifest golden/worker:current over {Other}: 400 Bad Request: TAG_INVALID: the tag is immutable",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_proxy_takes_for_too_large_is_named_so()
    {
        var large = new byte[32 * 1024 * 1024];
        var blob = new OciDescriptor("application/x-tar", Digests.Of(large), large.Length);
        var image = OciImage.Artifact("application/vnd.example.v1", "rootfs.tar", blob, () => new MemoryStream(large));
        using var proxy = new RefusingProxy();
        await using var registry = await StartAsync(Status(200), Status(404), Status(202, "", ("Location", $"{proxy.Url}/upload")));

        var error = await Assert.ThrowsAsync<RegistryException>(() => registry.Client().PushAsync(image, "1", CancellationToken.None));

        Assert.Equal(RegistryProblem.TooLarge, error.Problem);
        Assert.EndsWith(
            $"cannot push the blob golden/worker@{blob.Digest}: 413 Request Entity Too Large: 33554432 bytes are more than the registry, or a proxy in front "
                + "of it, takes at once",
            error.Message, StringComparison.Ordinal);
    }

    private static OciImage OneBlob() => OciImage.Artifact("application/vnd.example.v1", "rootfs.tar", Blob, () => new MemoryStream("hello"u8.ToArray()));

    private static async Task ReadBlobAsync(RegistryClient client)
    {
        await using var content = await client.OpenBlobAsync(Blob, CancellationToken.None);
        await content.CopyToAsync(Stream.Null);
    }

    private static async Task CorruptAsync(Func<Task> act, string message)
    {
        var error = await Assert.ThrowsAsync<RegistryException>(act);
        Assert.Equal(RegistryProblem.Corrupt, error.Problem);
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }
}
