using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PatchOperator.Registry.Tests.Registries;

namespace PatchOperator.Registry.Tests;

/// <summary>Against a real registry.</summary>
public sealed class RegistryClientTests : IDisposable
{
    private static readonly string Nowhere = "sha256:" + new string('0', 64);

    private readonly TestRegistry registry = TestRegistry.Start();
    private readonly TestLayout layout = new();
    private readonly RegistryClient client;

    public RegistryClientTests() => client = registry.Client("golden/worker");

    public void Dispose()
    {
        layout.Dispose();
        registry.Dispose();
    }

    [Fact]
    public async Task An_image_is_pushed_byte_for_byte()
    {
        await PushAsync("1");

        Assert.Equal(layout.Manifest, Skopeo.Digest($"{registry.Address}/golden/worker:1"));
        Assert.Equal(layout.Manifest, await client.DigestAsync("1", CancellationToken.None));
        Assert.Equal(layout.Manifest, await client.DigestAsync(layout.Manifest, CancellationToken.None));
    }

    [Fact]
    public async Task An_image_is_pushed_twice()
    {
        await PushAsync("1");
        await PushAsync("1");

        Assert.Equal(layout.Manifest, await client.DigestAsync("1", CancellationToken.None));
    }

    [Fact]
    public async Task What_is_pushed_can_be_pulled_by_others()
    {
        using var copy = new TemporaryFolder();
        await PushAsync("1");

        Skopeo.Run("copy", "--preserve-digests", "--src-tls-verify=false", $"docker://{registry.Address}/golden/worker:1", $"oci:{copy.Path}:1");

        Assert.Equal(layout.Manifest, (await OciLayout.ReadAsync(copy.Path, CancellationToken.None)).Manifest.Digest);
    }

    [Fact]
    public async Task What_others_push_is_pulled()
    {
        using var copy = new TemporaryFolder();
        Skopeo.Run("copy", "--preserve-digests", "--dest-tls-verify=false", $"oci:{layout.Path}", $"docker://{registry.Address}/golden/worker:1");

        var manifest = (await client.GetManifestAsync("1", CancellationToken.None))!;
        await OciLayout.WriteAsync(copy.Path, client, manifest, CancellationToken.None);

        var image = await OciLayout.ReadAsync(copy.Path, CancellationToken.None);
        Assert.Equal(layout.Manifest, image.Manifest.Digest);
        Skopeo.Run("inspect", $"oci:{copy.Path}");
    }

    [Fact]
    public async Task What_stands_already_is_not_written_again()
    {
        await PushAsync("1");
        using var readOnly = registry.ReadOnly();
        var reading = readOnly.Client("golden/worker");

        await reading.PushAsync(await OciLayout.ReadAsync(layout.Path, CancellationToken.None), "1", CancellationToken.None);
        Assert.True(await reading.TagAsync(layout.Manifest, "1", CancellationToken.None));

        var error = await Assert.ThrowsAsync<RegistryException>(() => reading.TagAsync(layout.Manifest, "2", CancellationToken.None));
        Assert.Equal(RegistryProblem.Refused, error.Problem);
    }

    [Fact]
    public async Task A_tag_moves_to_another_digest()
    {
        using var other = new TestLayout("other");
        await PushAsync("1");
        await client.PushAsync(await OciLayout.ReadAsync(other.Path, CancellationToken.None), "2", CancellationToken.None);

        Assert.True(await client.TagAsync(layout.Manifest, "current", CancellationToken.None));
        Assert.Equal(layout.Manifest, Skopeo.Digest($"{registry.Address}/golden/worker:current"));

        Assert.True(await client.TagAsync(other.Manifest, "current", CancellationToken.None));
        Assert.Equal(other.Manifest, Skopeo.Digest($"{registry.Address}/golden/worker:current"));
    }

    [Fact]
    public async Task A_tag_of_several_images_moves_too()
    {
        await PushAsync("1");
        var index = TestLayout.IndexJson(layout.Descriptor(TestLayout.ManifestType, layout.Manifest));
        await PutAsync("several", TestLayout.IndexType, index);

        Assert.True(await client.TagAsync(Digests.Of(Encoding.UTF8.GetBytes(index)), "current", CancellationToken.None));

        Assert.True((await client.GetManifestAsync("current", CancellationToken.None))!.IsIndex);
    }

    [Fact]
    public async Task An_image_in_the_format_of_Docker_keeps_its_digest()
    {
        Skopeo.Run("copy", "--dest-tls-verify=false", "--format", "v2s2", $"oci:{layout.Path}", $"docker://{registry.Address}/golden/worker:docker");
        var digest = Skopeo.Digest($"{registry.Address}/golden/worker:docker");

        Assert.Equal(digest, await client.DigestAsync("docker", CancellationToken.None));
        Assert.True(await client.TagAsync(digest, "current", CancellationToken.None));
        Assert.Equal(digest, Skopeo.Digest($"{registry.Address}/golden/worker:current"));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        Assert.Null(await client.DigestAsync("1", CancellationToken.None));
        await PushAsync("1");

        Assert.Null(await client.DigestAsync("2", CancellationToken.None));
        Assert.Null(await client.DigestAsync(Nowhere, CancellationToken.None));
        Assert.Null(await client.GetManifestAsync(Nowhere, CancellationToken.None));
        Assert.False(await client.TagAsync(Nowhere, "current", CancellationToken.None));
    }

    [Fact]
    public async Task A_deleted_image_is_gone_with_its_tags_and_may_be_deleted_again()
    {
        await PushAsync("1");
        await client.TagAsync(layout.Manifest, "current", CancellationToken.None);

        await client.DeleteAsync(layout.Manifest, CancellationToken.None);
        await client.DeleteAsync(layout.Manifest, CancellationToken.None);

        Assert.Null(await client.DigestAsync(layout.Manifest, CancellationToken.None));
        Assert.Null(await client.DigestAsync("current", CancellationToken.None));
    }

    [Fact]
    public async Task A_registry_may_not_allow_deletion()
    {
        using var keeper = TestRegistry.Start(deletion: false);
        var keeping = keeper.Client("golden/worker");
        await keeping.PushAsync(await OciLayout.ReadAsync(layout.Path, CancellationToken.None), "1", CancellationToken.None);

        var error = await Assert.ThrowsAsync<RegistryException>(() => keeping.DeleteAsync(layout.Manifest, CancellationToken.None));

        Assert.Equal(RegistryProblem.Refused, error.Problem);
        Assert.Equal(
            $"{keeper.Address}: cannot delete golden/worker@{layout.Manifest}: 405 Method Not Allowed: UNSUPPORTED: The operation is unsupported.",
            error.Message);
    }

    [Fact]
    public async Task A_file_is_an_artifact_of_its_own_kind()
    {
        var file = new OciDescriptor("application/x-tar", layout.Layer, 5);
        var artifact = OciImage.Artifact("application/vnd.example.v1", "rootfs.tar", file, () => new MemoryStream("hello"u8.ToArray()));

        await client.PushAsync(artifact, "1", CancellationToken.None);

        Assert.Equal(artifact.Manifest.Digest, Skopeo.Digest($"{registry.Address}/golden/worker:1"));
        Assert.Equal("sha256:7b09d037151cd3861a01c7d9d6bc4cd522989b5ec735d16f888d19ea3e4eb88a", artifact.Manifest.Digest);
        var pulled = (await client.GetManifestAsync("1", CancellationToken.None))!;
        await using var content = await client.OpenBlobAsync(pulled.Layers.Single(), CancellationToken.None);
        using var reader = new StreamReader(content);
        Assert.Equal("hello", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_blob_that_is_not_what_it_says_is_not_stored()
    {
        var file = new OciDescriptor("application/x-tar", Nowhere, 5);
        var artifact = OciImage.Artifact("application/vnd.example.v1", "rootfs.tar", file, () => new MemoryStream("hello"u8.ToArray()));

        var error = await Assert.ThrowsAsync<RegistryException>(() => client.PushAsync(artifact, "1", CancellationToken.None));

        Assert.Equal(RegistryProblem.Corrupt, error.Problem);
        Assert.Contains("400 Bad Request: DIGEST_INVALID", error.Message, StringComparison.Ordinal);
        Assert.Null(await client.DigestAsync("1", CancellationToken.None));
    }

    [Theory]
    [InlineData("../../other/manifests/1")]
    [InlineData("1?x")]
    [InlineData("")]
    public async Task What_is_no_reference_becomes_no_address(string reference)
    {
        Assert.Equal(
            RegistryProblem.Refused, (await Assert.ThrowsAsync<RegistryException>(() => client.DigestAsync(reference, CancellationToken.None))).Problem);
        Assert.Equal(
            RegistryProblem.Refused, (await Assert.ThrowsAsync<RegistryException>(() => client.DeleteAsync(reference, CancellationToken.None))).Problem);
        Assert.Equal(
            RegistryProblem.Refused, (await Assert.ThrowsAsync<RegistryException>(() => client.TagAsync(Nowhere, reference, CancellationToken.None))).Problem);
        Assert.Equal(
            RegistryProblem.Refused, (await Assert.ThrowsAsync<RegistryException>(() => client.TagAsync(reference, "1", CancellationToken.None))).Problem);
    }

    [Fact]
    public async Task The_right_password_opens_the_registry()
    {
        using var closed = TestRegistry.Start(login: true);
        var allowed = closed.Client("golden/worker", DockerCredentials.Parse(closed.DockerConfig));

        await allowed.PushAsync(await OciLayout.ReadAsync(layout.Path, CancellationToken.None), "1", CancellationToken.None);

        Assert.Equal(layout.Manifest, await allowed.DigestAsync("1", CancellationToken.None));
        await allowed.DeleteAsync(layout.Manifest, CancellationToken.None);
    }

    [Theory]
    [InlineData("127.0.0.*")]
    [InlineData("*.0.?.1")]
    public async Task A_glob_opens_a_registry(string host)
    {
        using var closed = TestRegistry.Start(login: true);
        var port = closed.Address.Split(':')[1];
        var allowed =
            closed.Client("golden/worker", DockerCredentials.Parse(closed.DockerConfig.Replace(closed.Address, $"{host}:{port}", StringComparison.Ordinal)));

        Assert.Null(await allowed.DigestAsync("1", CancellationToken.None));
    }

    [Fact]
    public async Task Each_login_that_fits_is_tried()
    {
        using var closed = TestRegistry.Start(login: true);
        var wrong = $$"""{"auths":{"{{closed.Address}}/golden":{"username":"other","password":"barley"},""";
        var allowed = closed.Client("golden/worker", DockerCredentials.Parse(closed.DockerConfig.Replace("""{"auths":{""", wrong, StringComparison.Ordinal)));

        await allowed.PushAsync(await OciLayout.ReadAsync(layout.Path, CancellationToken.None), "1", CancellationToken.None);

        Assert.Equal(layout.Manifest, await allowed.DigestAsync("1", CancellationToken.None));
    }

    [Fact]
    public async Task The_wrong_password_and_none_are_denied()
    {
        using var closed = TestRegistry.Start(login: true);
        var wrong = closed.Client("golden/worker", DockerCredentials.Parse(closed.DockerConfig.Replace("sesame", "barley", StringComparison.Ordinal)));
        var none = closed.Client("golden/worker");

        var error = await Assert.ThrowsAsync<RegistryException>(() => wrong.TagAsync(Nowhere, "1", CancellationToken.None));
        Assert.Equal(RegistryProblem.Denied, error.Problem);
        Assert.Equal(
            $"{closed.Address}: cannot fetch the manifest golden/worker@{Nowhere}: 401 Unauthorized: UNAUTHORIZED: authentication required", error.Message);

        error = await Assert.ThrowsAsync<RegistryException>(() => none.DigestAsync("1", CancellationToken.None));
        Assert.Equal(RegistryProblem.Denied, error.Problem);
        Assert.Equal(
            $"{closed.Address}: cannot look up golden/worker:1 without a login, as the credentials have none for this repository: 401 Unauthorized",
            error.Message);
    }

    [Fact]
    public async Task Tokens_are_fetched_for_as_much_as_an_operation_needs()
    {
        await using var tokens = await TokenServer.StartAsync();
        using var closed = TestRegistry.Start(tokens: tokens.Settings);
        var allowed = closed.Client("golden/worker");

        Assert.Null(await allowed.DigestAsync("1", CancellationToken.None));
        await allowed.PushAsync(await OciLayout.ReadAsync(layout.Path, CancellationToken.None), "1", CancellationToken.None);
        Assert.True(await allowed.TagAsync(layout.Manifest, "current", CancellationToken.None));
        await allowed.DeleteAsync(layout.Manifest, CancellationToken.None);
        Assert.Null(await allowed.DigestAsync("1", CancellationToken.None));

        var scopes = tokens.Requests.Select(request => Uri.UnescapeDataString(request.Split("scope=repository%3Agolden%2Fworker%3A")[1]).Split(',').Order());
        // The registry asks for them in any order.
        Assert.Equal(["pull", "pull,push", "delete", "pull"], scopes.Select(scope => string.Join(',', scope)));
    }

    [Fact]
    public async Task A_registry_that_is_down_is_unavailable()
    {
        registry.Stop();

        var error = await Assert.ThrowsAsync<RegistryException>(() => client.DigestAsync("1", CancellationToken.None));

        Assert.Equal(RegistryProblem.Unavailable, error.Problem);
        Assert.Equal($"{registry.Address}: cannot look up golden/worker:1: Connection refused", error.Message);
    }

    private async Task PushAsync(string tag) =>
        await client.PushAsync(await OciLayout.ReadAsync(layout.Path, CancellationToken.None), tag, CancellationToken.None);

    private async Task PutAsync(string tag, string mediaType, string manifest)
    {
        using var content = new StringContent(manifest, MediaTypeHeaderValue.Parse(mediaType));
        using var response = await TestClients.Http.PutAsync(new Uri($"http://{registry.Address}/v2/golden/worker/manifests/{tag}"), content);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
