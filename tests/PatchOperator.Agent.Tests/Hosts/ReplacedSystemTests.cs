using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

public sealed class ReplacedSystemTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("patch-operator-replaced-").FullName;

    [Theory]
    [InlineData("ID=bottlerocket\nVERSION_ID=1.20.0\n", "it is replaced as a whole: leave it to the Bottlerocket update operator")]
    [InlineData("ID=talos\n", "it is replaced as a whole: leave it to talosctl upgrade")]
    [InlineData("ID=flatcar\nID_LIKE=coreos\n", "it is replaced as a whole: leave it to the Flatcar Linux Update Operator")]
    [InlineData("ID=cos\n", "it is replaced as a whole: leave it to an upgrade of its node pool")]
    [InlineData("ID=fedora\nVARIANT_ID=coreos\n", "it was booted from an image (/run/ostree-booted exists): leave it to bootc upgrade or rpm-ostree upgrade", "run/ostree-booted")]
    [InlineData("ID=opensuse-microos\nID_LIKE=\"suse opensuse\"\n", "it is updated by snapshots: leave it to transactional-update", "usr/sbin/transactional-update")]
    [InlineData("ID=debian\n", null)]
    [InlineData("ID=fedora\n", null)]
    public void A_system_that_is_updated_as_a_whole_is_told_apart(string osRelease, string? because, params string[] files)
    {
        Directory.CreateDirectory($"{root}/usr");
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName($"{root}/{file}")!);
            File.WriteAllText($"{root}/{file}", "");
        }

        Assert.Equal(because, ReplacedSystem.Because(OsRelease.Parse(osRelease), new HostRoot(root)));
    }

    [Fact]
    public void A_file_system_of_usr_that_can_only_be_read_is_one_too()
    {
        Directory.CreateDirectory($"{root}/usr");
        Shell.Run("mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", $"{root}/usr");
        try
        {
            Assert.Equal("its /usr is on a file system that is read-only: replace it by a newer image", ReplacedSystem.Because(OsRelease.Parse("ID=debian\n"), new HostRoot(root)));
        }
        finally
        {
            Shell.Run("umount", $"{root}/usr");
        }
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
