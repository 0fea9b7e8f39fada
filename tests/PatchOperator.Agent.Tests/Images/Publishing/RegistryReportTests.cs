using System.Text.Json;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images.Publishing;

/// <summary><c>report</c> to a registry.</summary>
public sealed class RegistryReportTests : IDisposable
{
    private readonly TestRegistry registry = TestRegistry.Start();
    private readonly PublishingJob job = new();

    private string Repository => $"{registry.Address}/golden/worker";

    public void Dispose()
    {
        job.Dispose();
        registry.Dispose();
    }

    [Fact]
    public async Task An_image_is_pushed_as_it_was_built_and_reported()
    {
        using var layout = new TestLayout("hello");
        job.To(ImageRequestFormat.Oci, Repository).Build("hello");

        var result = await job.PublishAsync();

        var version = $"20260306-{layout.Manifest["sha256:".Length..][..12]}";
        Assert.Equal(new ImageFacts(layout.Manifest, version, "hello".Length), result.Image);
        Assert.Equal(layout.Manifest, Skopeo.Digest($"{Repository}:{version}"));
        Assert.Equal($"the image is {Repository}:{version}", result.Message);
        Assert.Equal(Counts(PublishingJob.Findings), Counts(result.Findings!));
        Assert.Equal(PublishingJob.Findings.PendingNames, result.Findings!.PendingNames);
    }

    [Fact]
    public async Task An_image_whose_tests_failed_is_kept_too()
    {
        ImageTestOutcome[] tests = [new("one", true, null), new("two", false, "exit code 1: no such file")];
        job.Request = job.Request with { Tests = [new("one", ["true"], 1), new("two", ["false"], 1)] };
        job.Write(ImageWorkspace.Tests, JsonSerializer.Serialize(tests, ContractJson.Default.IReadOnlyListImageTestOutcome));
        job.To(ImageRequestFormat.Oci, Repository).Build("hello");

        var result = await job.PublishAsync();

        Assert.Equal(tests, result.Tests);
        Assert.Equal(result.Image!.Digest, Skopeo.Digest($"{Repository}:{result.Image.Version}"));
    }

    [Fact]
    public async Task Content_that_is_known_keeps_its_version()
    {
        job.To(ImageRequestFormat.Oci, Repository).Build("hello");
        var first = (await job.PublishAsync()).Image!;
        job.Request = job.Request with { StartedAt = job.Request.StartedAt.AddDays(1), Known = [new KnownImage(first.Digest, first.Version)] };

        Assert.Equal(first, (await job.PublishAsync()).Image);
    }

    [Theory]
    [InlineData(ImageRequestFormat.Tar, "rootfs.tar", "application/vnd.patchoperator.rootfs.v1.tar")]
    [InlineData(ImageRequestFormat.RawDisk, "disk.raw", "application/vnd.patchoperator.disk.v1.raw")]
    public async Task A_file_becomes_an_artifact(ImageRequestFormat format, string name, string artifactType)
    {
        job.To(format, Repository).Build("hello");

        var image = (await job.PublishAsync()).Image!;

        Assert.Equal(new FileInfo(job.InWorkspace(name)).Length, image.Size);
        Assert.Equal(image.Digest, Skopeo.Digest($"{Repository}:{image.Version}"));
        using var manifest = JsonDocument.Parse(Skopeo.Run("inspect", "--raw", "--tls-verify=false", $"docker://{Repository}:{image.Version}"));
        Assert.Equal(artifactType, manifest.RootElement.GetProperty("artifactType").GetString());
        var layer = manifest.RootElement.GetProperty("layers").EnumerateArray().Single();
        Assert.Equal(PublishingJob.FileDigest(job.InWorkspace(name)), layer.GetProperty("digest").GetString());
        Assert.Equal(name, layer.GetProperty("annotations").GetProperty("org.opencontainers.image.title").GetString());
    }

    [Theory]
    [InlineData(ImageRequestFormat.Tar)]
    [InlineData(ImageRequestFormat.RawDisk)]
    public async Task Equal_files_have_equal_digests(ImageRequestFormat format)
    {
        using var again = new PublishingJob();
        using var other = new PublishingJob();
        job.To(format, Repository).Build("hello");
        again.To(format, Repository).Build("hello");
        other.To(format, Repository).Build("other");

        var digest = (await job.PublishAsync()).Image!.Digest;

        Assert.Equal(digest, (await again.PublishAsync()).Image!.Digest);
        Assert.NotEqual(digest, (await other.PublishAsync()).Image!.Digest);
    }

    [Fact]
    public async Task The_workspace_stays_as_it_was()
    {
        job.To(ImageRequestFormat.Oci, Repository).Build("hello");
        var before = Shell.Run("ls", "-lR", "--full-time", job.InWorkspace(""));

        await job.PublishAsync();

        Assert.Equal(before, Shell.Run("ls", "-lR", "--full-time", job.InWorkspace("")));
    }

    [Fact]
    public async Task The_push_secret_opens_the_registry()
    {
        using var closed = TestRegistry.Start(login: true);
        await File.WriteAllTextAsync(job.PushSecret, closed.DockerConfig);
        job.To(ImageRequestFormat.Oci, $"{closed.Address}/golden/worker").Build("hello");

        await job.PublishAsync();
    }

    [Fact]
    public async Task The_wrong_push_secret_does_not()
    {
        using var closed = TestRegistry.Start(login: true);
        await File.WriteAllTextAsync(job.PushSecret, closed.DockerConfig.Replace(TestRegistry.Password, "barley", StringComparison.Ordinal));
        job.To(ImageRequestFormat.Oci, $"{closed.Address}/golden/worker").Build("hello");

        var outcome = await job.ReportAsync();

        Assert.Contains("401 Unauthorized", outcome.Failed(ImageExitCodes.BadRecipe, ImageReasons.RegistryDenied), StringComparison.Ordinal);
        Assert.DoesNotContain("barley", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_secret_that_is_none_is_told()
    {
        await File.WriteAllTextAsync(job.PushSecret, "golden:sesame");
        job.To(ImageRequestFormat.Oci, Repository).Build("hello");

        var message = (await job.ReportAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest);

        Assert.Equal("output.pushSecret: the Docker configuration is not JSON: line 1, byte 1", message);
    }

    [Fact]
    public async Task A_registry_that_is_away_is_tried_again()
    {
        registry.Stop();
        job.To(ImageRequestFormat.Oci, Repository).Build("hello");

        var message = (await job.ReportAsync()).Failed(ImageExitCodes.TryAgain, ImageReasons.RegistryUnavailable);

        Assert.EndsWith(": Connection refused", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_a_proxy_calls_too_large_is_not_tried_again()
    {
        using var proxy = new RefusingProxy();
        job.To(ImageRequestFormat.Oci, $"{new Uri(proxy.Url).Authority}/golden/worker").Build("hello");

        (await job.ReportAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.ImageTooLarge);
    }

    // Lists are equal only to themselves.
    private static ImageFindings Counts(ImageFindings findings) => findings with { PendingNames = [], BlockedNames = [], IncompleteNames = [], Expected = [] };

    [Fact]
    public async Task A_repository_needs_its_registry()
    {
        job.To(ImageRequestFormat.Oci, "golden/worker").Build("hello");

        var message = (await job.ReportAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest);

        Assert.Equal(
            "PATCH_IMAGE_REQUEST: output.repository: 'golden/worker' names no registry: put its host in front, such as registry.example.com/golden/worker",
            message);
    }
}
