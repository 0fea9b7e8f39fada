using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

public class ImageTestStepTests
{
    [Fact]
    public async Task Tests_run_in_a_copy_of_the_image_and_say_how_they_ended()
    {
        using var workspace = TarImage.Debian();
        var before = workspace.Digest();
        (await workspace.RunAsync("test", TarImage.Request with
        {
            Tests =
            [
                new("passes", ["sh", "-c", "test -c /dev/null && test -d /proc/self && ! mount -t tmpfs tmpfs /nowhere && touch /traces"], 30),
                new("fails", ["sh", "-c", "echo checked; echo sshd is missing >&2; exit 3"], 30),
                new("hangs", ["sh", "-c", "echo waiting; sleep infinity & wait"], 1),
                new("leaves a daemon", ["sh", "-c", "setsid sleep infinity & :"], 30),
                new("is not there", ["/usr/bin/nosuch", "--version"], 30),
            ],
        })).Succeeded();

        Assert.Equal(["passes", "fails", "hangs", "leaves a daemon", "is not there"], workspace.Tests.Select(test => test.Name));
        Assert.Equal([true, false, false, true, false], workspace.Tests.Select(test => test.Passed));
        Assert.Null(workspace.Tests[0].Message);
        Assert.Matches("^exit code 3: (checked; sshd is missing|sshd is missing; checked)$", workspace.Tests[1].Message);
        Assert.Equal("took longer than its 1 seconds: waiting", workspace.Tests[2].Message);
        Assert.StartsWith("exit code 127", workspace.Tests[4].Message, StringComparison.Ordinal);
        File.Delete(workspace.PathOf(ImageWorkspace.Tests));
        Assert.Equal(before, workspace.Digest());
    }

    [Fact]
    public async Task A_file_system_on_a_disk_is_tested_too()
    {
        using var workspace = new ImageWorkspaceFolder();
        Shell.Run("mke2fs", "-q", "-t", "ext4", "-d", BaseSystem.Debian.Path, workspace.PathOf(ImageWorkspace.RawDisk), "500M");
        (
            await workspace.RunAsync("test", TarImage.Request with { Output = new() { Format = ImageRequestFormat.RawDisk }, Tests = [new("dpkg", ["dpkg", "--audit"], 30)] }))
            .Succeeded();

        Assert.Equal([new ImageTestOutcome("dpkg", Passed: true, null)], workspace.Tests);
    }

    [Theory]
    [InlineData(ImageRequestFormat.Tar, "", "no file")]
    [InlineData(ImageRequestFormat.Tar, "echo nonsense >rootfs.tar", "is no archive of a root file system")]
    [InlineData(ImageRequestFormat.Tar, "ln -s /etc/shadow rootfs.tar", "no file")]
    [InlineData(ImageRequestFormat.Oci, "", "oci-layout")]
    [InlineData(ImageRequestFormat.Oci, "umoci init --layout image", "index.json names 0 images and should name one")]
    [InlineData(
        ImageRequestFormat.Oci,
        "umoci init --layout image; umoci new --image image:x; rm -r image/blobs/sha256; mkdir image/blobs/sha256",
        "does not hold a whole image")]
    [InlineData(ImageRequestFormat.Oci, "umoci init --layout image; echo '[]' >image/index.json", "index.json: it is not the JSON it should be")]
    [InlineData(ImageRequestFormat.Oci, "umoci init --layout image; ln -sf /etc/passwd image/index.json", "index.json is a symbolic link")]
    [InlineData(ImageRequestFormat.RawDisk, "truncate -s 1M disk.raw", "holds no sound ext4 file system at byte 0")]
    [InlineData(ImageRequestFormat.RawDisk, "truncate -s 9M disk.raw; echo 'label: dos' | sfdisk -q disk.raw", "must have a GPT")]
    [InlineData(ImageRequestFormat.RawDisk, "truncate -s 9M disk.raw; echo 'label: gpt' | sfdisk -q disk.raw", "has no partition")]
    public async Task What_is_no_image_is_named(ImageRequestFormat format, string left, string problem)
    {
        using var workspace = new ImageWorkspaceFolder();
        Shell.Run("sh", "-c", $"cd \"$1\"; {left}", "sh", workspace.Folder);
        var message = (await workspace.RunAsync("test", TarImage.Request with { Output = new() { Format = format } }))
            .Failed(ImageExitCodes.BadRecipe, ImageReasons.ResultInvalid);

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.PathOf("scratch")));
    }
}
