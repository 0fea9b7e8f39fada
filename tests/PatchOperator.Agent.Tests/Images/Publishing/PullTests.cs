using System.Net.Http.Headers;
using PatchOperator.Contract.Images;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Tests.Images.Publishing;

/// <summary><c>pull</c>, and <c>report</c> of what was pulled.</summary>
public sealed class PullTests : IDisposable
{
    private static readonly ImageFacts Gone = new("sha256:" + new string('0', 64), "gone", 1);

    private readonly TestRegistry registry = TestRegistry.Start();
    private readonly PublishingJob job = new();

    private string Repository => $"{registry.Address}/golden/worker";

    public void Dispose()
    {
        job.Dispose();
        registry.Dispose();
    }

    [Theory]
    [InlineData(ImageRequestFormat.Oci, true)]
    [InlineData(ImageRequestFormat.Tar, true)]
    [InlineData(ImageRequestFormat.Tar, false)]
    [InlineData(ImageRequestFormat.RawDisk, true)]
    [InlineData(ImageRequestFormat.RawDisk, false)]
    public async Task What_was_kept_is_pulled_and_reported_as_the_same_image(ImageRequestFormat format, bool toRegistry)
    {
        job.To(format, toRegistry ? Repository : null).Build("hello");
        var built = (await job.PublishAsync()).Image!;
        using var scan = new PublishingJob();
        scan.To(format, job.Request.Output.Repository).Scanning(built);
        CopyVolume(scan);

        (await scan.PullAsync()).Succeeded();
        (await scan.PullAsync()).Succeeded();
        var result = await scan.PublishAsync();

        Assert.Equal(built, result.Image);
        Assert.Equal($"the image {built.Version} was scanned", result.Message);
        Assert.Empty(result.Tests);
        Assert.Equal(PublishingJob.Findings.PatchLevel, result.Findings!.PatchLevel);
    }

    [Fact]
    public async Task A_report_says_so_if_what_was_pulled_is_changed()
    {
        job.To(ImageRequestFormat.Tar, Repository).Build("hello");
        job.Scanning((await job.PublishAsync()).Image!).Build("other");

        var message = (await job.ReportAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.ResultInvalid);

        Assert.Contains($"{job.Request.Digest} was pulled", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImageRequestFormat.Oci)]
    [InlineData(ImageRequestFormat.Tar)]
    public async Task An_image_may_be_gone_from_the_registry(ImageRequestFormat format)
    {
        job.To(format, Repository).Scanning(Gone);

        var message = (await job.PullAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.ImageNotFound);

        Assert.Equal($"{Repository} has no image {Gone.Digest} any more (gone)", message);
    }

    [Fact]
    public async Task An_image_may_be_gone_from_the_volume()
    {
        job.To(ImageRequestFormat.Tar).Scanning(Gone);

        var message = (await job.PullAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.ImageNotFound);

        Assert.Equal("the volume does not have the image any more: gone.tar is missing", message);
    }

    [Fact]
    public async Task An_image_in_the_volume_may_be_another_now()
    {
        job.To(ImageRequestFormat.Tar, tagTemplate: "1").Build("hello");
        job.Scanning((await job.PublishAsync()).Image!);
        await File.AppendAllTextAsync(job.InVolume("1.tar"), "more");

        var message = (await job.PullAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.ImageNotFound);

        Assert.StartsWith("1.tar in the volume is another image now: its digest is sha256:", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_images_under_one_digest_are_none_of_ours()
    {
        using var layout = new TestLayout();
        job.To(ImageRequestFormat.Oci, Repository).Build("hello");
        await job.PublishAsync();
        var index = TestLayout.IndexJson(layout.Descriptor(TestLayout.ManifestType, layout.Manifest));
        using var http = new HttpClient();
        using var content = new StringContent(index, MediaTypeHeaderValue.Parse(TestLayout.IndexType));
        using var answer = await http.PutAsync(new Uri($"http://{registry.Address}/v2/golden/worker/manifests/several"), content);
        job.Scanning(new ImageFacts(Digests.Of(System.Text.Encoding.UTF8.GetBytes(index)), "several", 1));

        var message = (await job.PullAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.ImageNotFound);

        Assert.EndsWith("is several images under one digest: this baseline has not put it there", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_is_away_is_tried_again()
    {
        registry.Stop();

        (await job.To(ImageRequestFormat.Oci, Repository).Scanning(Gone).PullAsync()).Failed(ImageExitCodes.TryAgain, ImageReasons.RegistryUnavailable);
    }

    [Fact]
    public async Task A_build_has_nothing_to_pull() =>
        (await job.To(ImageRequestFormat.Oci, Repository).PullAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest);

    private void CopyVolume(PublishingJob other)
    {
        foreach (var file in Directory.EnumerateFiles(job.InVolume("")))
            File.Copy(file, other.InVolume(Path.GetFileName(file)));
    }
}
