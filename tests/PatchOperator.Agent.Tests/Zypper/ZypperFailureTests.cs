using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Zypper;

public class ZypperFailureTests
{
    [Theory]
    [InlineData("pre", false, "%prein of bad-1.1-1.noarch failed with exit status 3", "1.0-1\n")]
    [InlineData("post", false, "%post of bad-1.1-1.noarch failed with exit status 3", "1.1-1\n")]
    [InlineData("posttrans", false, "%posttrans of bad-1.1-1.noarch failed with exit status 3", "1.1-1\n")]
    [InlineData("preun", true, "%preun of bad-1.0-1.noarch failed with exit status 3", "1.0-1\n1.1-1\n")]
    [InlineData("postun", true, "%postun of bad-1.0-1.noarch failed with exit status 3", "1.1-1\n")]
    public async Task A_scriptlet_that_fails_is_a_failure_that_names_it_and_says_what_has_changed(string section, bool ofTheOld, string message, string installed)
    {
        var (old, fix) = (AnRpm("bad", "1.0-1"), AnRpm("bad", "1.1-1"));
        (ofTheOld ? old : fix).WithScript(section, "echo no luck >&2; exit 3");
        using var host = new ZypperHost();
        host.Offer(old, fix).Install("bad=1.0-1");
        var report = (await host.PatchAsync(("bad", "1.1-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        Assert.Contains($"the scriptlet {message}", report.Message, StringComparison.Ordinal);
        Assert.Equal(installed, host.VersionsOf("bad"));
        Assert.Equal(installed.Contains("1.1", StringComparison.Ordinal), report.Changed.Any(change => change.To == "1.1-1"));
    }

    [Fact]
    public async Task A_package_that_cannot_be_downloaded_leaves_the_host_untouched()
    {
        using var host = new ZypperHost();
        var missing = AnRpm("other", "2.0-1");
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1"), AnRpm("other", "1.0-1"), missing).Install("app=1.0-1", "other=1.0-1");
        File.Delete(host.PathOf($"repository/{missing.FileName}"));
        var report = (await host.PatchAsync(("app", "2.0-1"), ("other", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);
        Assert.Contains("other-2.0-1.noarch.rpm", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("app"));
    }

    [Fact]
    public async Task A_package_whose_signature_is_wanted_and_not_there_is_not_installed()
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1")).Install("app=1.0-1");
        host.WriteRepository("test", "dir:/repository", "pkg_gpgcheck=1\n");
        var report = (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        Assert.Contains("Signature verification failed", report.Message, StringComparison.Ordinal);
        Assert.Contains("nothing has changed", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("app"));
    }

    [Fact]
    public async Task A_full_disk_is_found_before_anything_is_touched()
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("big", "1.0-1"), AnRpm("big", "2.0-1").WithBallast(4 << 20)).Install("big=1.0-1");
        host.MountSmallDisk("var/cache/zypp/packages", "1m");
        var report = (await host.PatchAsync(("big", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);
        Assert.Equal(
            "the file system /var/cache/zypp/packages needs 4.0 MiB (/var/cache/zypp/packages) and has 1.0 MiB free; nothing was touched", report.Message);
        Assert.Equal("1.0-1\n", host.VersionsOf("big"));
    }

    [Theory]
    [InlineData("kernel-default")]
    [InlineData("remakes")]
    public async Task A_ramdisk_that_would_not_fit_is_found_before_anything_is_touched(string name)
    {
        using var host = new ZypperHost();
        host.MountSmallDisk("boot", "50m");
        host.Offer(
                ZypperScanTests.Kernel("6.4.0-1"), ZypperScanTests.Kernel("6.4.0-2"),
                AnRpm("remakes", "6.4.0-1").WithScript("post", "touch /run/regenerate-initrd/all || :"), AnRpm("remakes", "6.4.0-2"))
            .Install("kernel-default=6.4.0-1", "remakes=6.4.0-1");
        await File.WriteAllBytesAsync(host.PathOf("boot/initrd-6.4.0-1-default"), new byte[40 << 20]);
        var report = (await host.PatchAsync((name, "6.4.0-2"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);
        Assert.StartsWith("the file system /boot needs 40.0 MiB (/boot) and has ", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_fills_up_during_the_installation_is_told_apart()
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("full", "1.0-1"), AnRpm("full", "2.0-1").WithScript("post", "dd if=/dev/zero of=/small/file bs=1k count=64")).Install("full=1.0-1");
        host.MountSmallDisk("small", "8k");
        var report = (await host.PatchAsync(("full", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.DiskFull);
        Assert.Equal([new ChangedPackage("full", "1.0-1", "2.0-1")], report.Changed);
    }
}
