using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images.Publishing;

/// <summary><c>report</c> to a volume.</summary>
public sealed class VolumeReportTests : IDisposable
{
    private readonly PublishingJob job = new();

    public void Dispose() => job.Dispose();

    [Theory]
    [InlineData(ImageRequestFormat.Tar, "rootfs.tar", ".tar")]
    [InlineData(ImageRequestFormat.RawDisk, "disk.raw", ".raw")]
    public async Task A_file_is_kept_with_its_checksum(ImageRequestFormat format, string name, string extension)
    {
        job.To(format, tagTemplate: "{baseline}-{date}-{time}").Build("hello");

        var result = await job.PublishAsync();

        var built = new FileInfo(job.InWorkspace(name));
        Assert.Equal(new ImageFacts(PublishingJob.FileDigest(built.FullName), "worker-20260306-230203", built.Length), result.Image);
        Assert.Equal($"the image is worker-20260306-230203{extension} in the volume", result.Message);
        Assert.Equal(
            $"worker-20260306-230203{extension}: OK\n", Shell.Run("sh", "-c", "cd \"$1\" && sha256sum --strict --check *.sha256", "sh", job.InVolume("")));
        Assert.Equal([$"worker-20260306-230203{extension}", $"worker-20260306-230203{extension}.sha256"], Files());
    }

    [Fact]
    public async Task Empty_blocks_of_a_disk_take_no_space()
    {
        job.To(ImageRequestFormat.RawDisk, tagTemplate: "1").Build("hello");

        await job.PublishAsync();

        Assert.Equal(20 * 1024 * 1024, new FileInfo(job.InVolume("1.raw")).Length);
        Assert.InRange(int.Parse(Shell.Run("stat", "--format=%b", job.InVolume("1.raw"))), 1, 1024);
    }

    [Fact]
    public async Task What_an_earlier_try_has_left_is_finished()
    {
        job.To(ImageRequestFormat.Tar, tagTemplate: "1").Build("hello");
        await File.WriteAllTextAsync(job.InVolume(".1.tar.partial"), new string('x', 100_000));
        var first = await job.PublishAsync();
        File.Delete(job.InVolume("1.tar.sha256"));

        Assert.Equal(first.Image, (await job.PublishAsync()).Image);
        Assert.Equal(["1.tar", "1.tar.sha256"], Files());
    }

    [Fact]
    public async Task An_image_is_never_overwritten_by_another()
    {
        using var other = new PublishingJob();
        other.To(ImageRequestFormat.Tar).Build("other");
        job.To(ImageRequestFormat.Tar, tagTemplate: "{date}").Build("hello");
        await job.PublishAsync();
        var kept = PublishingJob.FileDigest(job.InVolume("20260306.tar"));
        File.Copy(other.InWorkspace("rootfs.tar"), job.InWorkspace("rootfs.tar"), overwrite: true);

        var message = (await job.ReportAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest);

        Assert.Equal("the volume has another image as 20260306.tar: put {digest} or {time} into output.tagTemplate, or remove it", message);
        Assert.Equal(kept, PublishingJob.FileDigest(job.InVolume("20260306.tar")));
    }

    [Fact]
    public async Task What_is_superfluous_goes_and_what_only_has_its_name_stays()
    {
        job.To(ImageRequestFormat.Tar, tagTemplate: "old-{digest}").Build("old");
        var old = (await job.PublishAsync()).Image!;
        await File.WriteAllTextAsync(job.InVolume("theirs.tar"), "somebody else's");
        File.Delete(job.InWorkspace("rootfs.tar"));
        job.To(ImageRequestFormat.Tar, tagTemplate: "new-{time}").Build("new");
        job.Request = job.Request with
        {
            Superfluous = [new KnownImage(old.Digest, old.Version), new KnownImage(old.Digest, "theirs"), new KnownImage(old.Digest, "gone")],
        };

        await job.PublishAsync();

        Assert.Equal(["new-230203.tar", "new-230203.tar.sha256", "theirs.tar"], Files());
    }

    [Fact]
    public async Task An_image_in_layers_does_not_go_to_a_volume()
    {
        job.To(ImageRequestFormat.Oci).Build("hello");

        (await job.ReportAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest);
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFileSystemEntries(job.InVolume("")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
