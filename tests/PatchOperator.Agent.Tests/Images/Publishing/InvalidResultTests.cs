using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images.Publishing;

/// <summary>What builders and steps leave that is not what the contract asks for.</summary>
public sealed class InvalidResultTests : IDisposable
{
    private readonly PublishingJob job = new();

    public void Dispose() => job.Dispose();

    [Theory]
    [InlineData(null, "tests.json is missing")]
    [InlineData("", "tests.json is empty, or no regular file")]
    [InlineData("null", "tests.json holds nothing")]
    [InlineData("{}", "tests.json is not the JSON it should be: ")]
    [InlineData("[", "tests.json is not the JSON it should be: ")]
    [InlineData("[null]", "tests.json does not have one result for each test, in their order")]
    [InlineData("[]", "tests.json does not have one result for each test, in their order")]
    [InlineData("""[{"name":"two","passed":true}]""", "tests.json does not have one result for each test, in their order")]
    [InlineData("""[{"name":"one","passed":true},{"name":"one","passed":true}]""", "tests.json does not have one result for each test, in their order")]
    public async Task Tests(string? content, string message)
    {
        job.Request = job.Request with { Tests = [new ImageRequestTest("one", ["true"], 1)] };
        Write(ImageWorkspace.Tests, content);

        await FailsAsync(ImageRequestFormat.Tar, message);
    }

    [Theory]
    [InlineData(null, "findings.json is missing")]
    [InlineData("{}", "findings.json is not the JSON it should be: ")]
    [InlineData("rubbish", "findings.json is not the JSON it should be: ")]
    [InlineData(
        """{"osFamily":"debian-12","osImage":"Debian","packages":1,"patchLevel":"b","pendingSecurity":2,"pendingTotal":1,"held":0}""",
        "findings.json does not have all that a scan finds")]
    [InlineData(
        """{"osFamily":null,"osImage":"Debian","packages":1,"patchLevel":"b","pendingSecurity":0,"pendingTotal":1,"held":0}""",
        "findings.json does not have all that a scan finds")]
    public async Task Findings(string? content, string message)
    {
        Write(ImageWorkspace.Findings, content);

        await FailsAsync(ImageRequestFormat.Tar, message);
    }

    [Fact]
    public async Task Findings_without_a_run_that_was_asked_for()
    {
        job.Request = job.Request with { Expected = [new ExpectedUpdates("run1", null, null, [])] };

        await FailsAsync(ImageRequestFormat.Tar, "findings.json does not have all that a scan finds");
    }

    [Theory]
    [InlineData(ImageRequestFormat.Oci, "image is no folder, and should be an OCI image layout")]
    [InlineData(ImageRequestFormat.Tar, "rootfs.tar is missing")]
    [InlineData(ImageRequestFormat.RawDisk, "disk.raw is missing")]
    public Task Nothing(ImageRequestFormat format, string message) => FailsAsync(format, message, build: false);

    [Theory]
    [InlineData("rm -r image; mkdir image", "image/oci-layout is missing")]
    [InlineData("rm -r image; : >image", "image is no folder, and should be an OCI image layout")]
    [InlineData("mv image elsewhere; ln -s elsewhere image", "image is no folder, and should be an OCI image layout")]
    [InlineData("echo {} >image/index.json", "image/index.json names 0 images and should name one: ")]
    [InlineData("rm image/index.json; ln -s /etc/passwd image/index.json", "image/index.json is a symbolic link: put the file itself there")]
    public Task A_layout(string spoil, string message) => FailsAsync(ImageRequestFormat.Oci, message, spoil);

    [Theory]
    [InlineData("gzip rootfs.tar; mv rootfs.tar.gz rootfs.tar", "rootfs.tar is not a tar archive, not compressed")]
    [InlineData("echo rubbish >rootfs.tar", "rootfs.tar is not a tar archive, not compressed")]
    [InlineData(": >rootfs.tar", "rootfs.tar is empty, or no regular file")]
    [InlineData("rm rootfs.tar; mkfifo rootfs.tar", "rootfs.tar is empty, or no regular file")]
    [InlineData("rm rootfs.tar; mkdir rootfs.tar", "rootfs.tar is a folder, not a file")]
    [InlineData("rm rootfs.tar; ln -s /etc/shadow rootfs.tar", "rootfs.tar is a symbolic link: put the file itself there")]
    public Task An_archive(string spoil, string message) => FailsAsync(ImageRequestFormat.Tar, message, spoil);

    [Theory]
    [InlineData("printf 'QFI\\373' >disk.raw; truncate -s 1M disk.raw", "disk.raw is not a raw disk with a GPT, or a bare ext4 file system")]
    [InlineData("ln -sf /dev/zero disk.raw", "disk.raw is a symbolic link: put the file itself there")]
    public Task A_disk(string spoil, string message) => FailsAsync(ImageRequestFormat.RawDisk, message, spoil);

    [Fact]
    public async Task A_bare_file_system_is_a_disk()
    {
        job.To(ImageRequestFormat.RawDisk, tagTemplate: "1");
        Shell.Run("sh", "-c", "truncate -s 4M \"$1\" && PATH=$PATH:/sbin mke2fs -q -t ext4 \"$1\"", "sh", job.InWorkspace(ImageWorkspace.RawDisk));

        await job.PublishAsync();
    }

    /// <summary>The registry, where one is needed, is nowhere: nothing may be asked of it.</summary>
    private async Task FailsAsync(ImageRequestFormat format, string message, string? spoil = null, bool build = true)
    {
        job.To(format, format == ImageRequestFormat.Oci ? "127.0.0.1:1/golden/worker" : null);
        if (build)
            job.Build("hello");
        if (spoil is not null)
            Shell.Run("sh", "-c", "cd \"$1\" && eval \"$2\"", "sh", job.InWorkspace(""), spoil);

        var found = (await job.ReportAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.ResultInvalid);

        Assert.StartsWith($"what the steps before left is not what it should be: {message}", found, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(job.InVolume("")));
    }

    private void Write(string name, string? content)
    {
        if (content is null)
            File.Delete(job.InWorkspace(name));
        else
            job.Write(name, content);
    }
}
