using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>An image is somebody else's work: nothing in it makes the agent write outside of it.</summary>
public sealed class HostileImageTests : IDisposable
{
    private readonly string outside = Directory.CreateTempSubdirectory("patch-operator-outside-").FullName;
    private readonly string root = Directory.CreateTempSubdirectory("patch-operator-hostile-").FullName;

    public HostileImageTests()
    {
        Directory.CreateDirectory($"{outside}/dev");
        File.WriteAllText($"{outside}/resolv.conf", "untouched");
    }

    [Theory]
    [InlineData("rm -rf proc dev etc/resolv.conf; ln -s $OUT/dev dev; ln -s $OUT proc; ln -s $OUT/resolv.conf etc/resolv.conf")]
    [InlineData("rm -rf etc; ln -s $OUT etc")]
    [InlineData("rm -rf etc/resolv.conf; ln -s ../../../../../../../../$OUT/resolv.conf etc/resolv.conf; rm -rf var/lib/apt; ln -s $OUT var/lib/apt")]
    public async Task Links_that_lead_out_of_it_are_not_followed(string crime)
    {
        Shell.Run("cp", "-a", "--reflink=auto", BaseSystem.Debian.Path + "/.", root);
        Shell.Run("sh", "-c", $"OUT={outside}; cd \"$1\"; {crime}", "sh", root);
        using var workspace = TarImage.Of(root);

        await workspace.RunAsync(
            "test",
            TarImage.Request with { Tests = [new("moves", ["sh", "-c", "echo taken >/etc/resolv.conf; rm -rf /sys; ln -s /tmp /sys"], 30), new("again", ["true"], 30)] });
        await workspace.RunAsync("scan", TarImage.Request);

        AssertUntouched();
    }

    [Fact]
    public async Task Members_of_an_archive_stay_inside()
    {
        Directory.CreateDirectory($"{root}/a");
        File.WriteAllText($"{root}/a/resolv.conf", "taken");
        using var workspace = new ImageWorkspaceFolder();
        Shell.Run(
            "sh",
            "-c",
            $"cd {root}; ln -s {outside} b; tar -cf {workspace.PathOf("rootfs.tar")} b; tar -rPf {workspace.PathOf("rootfs.tar")} --transform 's,^a/,b/,' "
                + $"a/resolv.conf; tar -rPf {workspace.PathOf("rootfs.tar")} --transform 's,^a,{outside},' a/resolv.conf");

        await workspace.RunAsync("test", TarImage.Request);

        AssertUntouched();
    }

    [Fact]
    public async Task A_forged_file_system_writes_nowhere_else()
    {
        using var workspace = new ImageWorkspaceFolder();
        var disk = workspace.PathOf(ImageWorkspace.RawDisk);
        File.WriteAllText($"{root}/resolv.conf", "taken");
        Directory.CreateDirectory($"{root}/d");
        File.CreateSymbolicLink($"{root}/a", $"{outside}/resolv.conf");
        Shell.Run("mke2fs", "-q", "-t", "ext4", "-d", root, disk, "10M");
        // A second "a", which is the file: whoever writes it after the first follows the link.
        Shell.Run("debugfs", "-w", "-R", "ln resolv.conf a", disk);

        await workspace.RunAsync("test", TarImage.Request with { Output = new() { Format = ImageRequestFormat.RawDisk } });

        AssertUntouched();
    }

    public void Dispose()
    {
        Shell.Run("rm", "-rf", "--one-file-system", outside, root);
    }

    private void AssertUntouched()
    {
        Assert.Equal("untouched", File.ReadAllText($"{outside}/resolv.conf"));
        Assert.Equal(
            [$"{outside}/dev", $"{outside}/resolv.conf"],
            Directory.EnumerateFileSystemEntries(outside, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }
}
