using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

public class PatchFailureTests
{
    [Fact]
    public async Task A_failing_postinst_is_a_failure_that_says_what_has_changed_and_an_approved_fix_mends_it()
    {
        using var host = new TestHost()
            .Main(
                APackage("bad", "1.0"), APackage("bad", "2.0").WithPostinst("echo no luck today >&2; exit 1"), APackage("bad", "2.1"), APackage("good", "1.0"),
                APackage("good", "2.0"))
            .Install("bad=1.0", "good=1.0");

        var failed = (await host.PatchAsync(("bad", "2.0"), ("good", "2.0"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        var verified = (await host.VerifyAsync(("bad", "2.0"))).Expect(AgentResult.VerificationFailed, AgentReasons.UpdatesMissing);
        var mended = (await host.PatchAsync(("bad", "2.1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("bad", "1.0", "2.0"), new ChangedPackage("good", "1.0", "2.0")], failed.Changed);
        Assert.Contains("no luck today", failed.Message, StringComparison.Ordinal);
        Assert.Contains("half-configured", verified.Message, StringComparison.Ordinal);
        Assert.Contains(new ChangedPackage("bad", "1.0", "2.1"), mended.Changed);
        Assert.Equal("", host.Run("dpkg", "--audit"));
    }

    [Fact]
    public async Task An_interrupted_dpkg_is_finished_first()
    {
        using var host = new TestHost()
            .Main(APackage("half", "1.0"), APackage("half", "2.0").WithPostinst("touch /configured"), APackage("plain", "1.0"), APackage("plain", "2.0"))
            .Install("half=1.0", "plain=1.0");
        host.Run("dpkg", "--unpack", "/archive/main/half_2.0_all.deb");

        var report = (await host.PatchAsync(("plain", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("plain", "1.0", "2.0")], report.Changed);
        Assert.True(File.Exists(host.PathOf("configured")));
        Assert.Equal("", host.Run("dpkg", "--audit"));
    }

    [Fact]
    public async Task An_interrupted_dpkg_that_cannot_be_finished_is_named()
    {
        using var host = new TestHost()
            .Main(APackage("stuck", "1.0").WithPostinst("echo never >&2; exit 3"), APackage("plain", "1.0"), APackage("plain", "2.0"))
            .Install("plain=1.0");
        host.Try("dpkg", "--install", "/archive/main/stuck_1.0_all.deb");

        var report = (await host.PatchAsync(("plain", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.InterruptedPackageManager);

        Assert.Contains("repair stuck by hand", report.Message, StringComparison.Ordinal);
        Assert.Contains("never", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0", host.VersionOf("plain"));
    }

    [Fact]
    public async Task A_full_disk_is_found_before_anything_is_touched()
    {
        using var host = new TestHost()
            .Main(APackage("big", "1.0"), APackage("big", "2.0").WithBallast(4 * 1024 * 1024))
            .Install("big=1.0");
        // Packages of a file: source are used where they are; those of a copy: source are put into the archive directory, as downloads are.
        host.UseSources("deb [trusted=yes] copy:/archive/main ./");
        host.MountSmallDisk("var/cache/apt/archives", "1m");
        Directory.CreateDirectory(host.PathOf("var/cache/apt/archives/partial"));

        var report = (await host.PatchAsync(("big", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.Equal(
            "the file system /var/cache/apt/archives needs 4.0 MiB (/var/cache/apt/archives) and has 1.0 MiB free; nothing was touched", report.Message);
        Assert.Equal("1.0", host.VersionOf("big"));
    }

    /// <summary>A list of packages of a host is longer than that of a test.</summary>
    [Fact]
    public void A_long_text_that_there_is_no_room_for_is_named_as_well()
    {
        using var host = new TestHost();
        host.MountSmallDisk("var/lib/patch-operator", "4k");

        var error = Assert.Throws<IOException>(() => new StateDirectory(new HostRoot(host.Root)).Write("long", new string('x', 100_000)));

        Assert.True(DiskSpace.HasRunOut(error));
        Assert.StartsWith("no room for /var/lib/patch-operator/long (", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4k", AgentResult.PreconditionFailed, "no room for {0}.before (/var/lib/patch-operator 0.0 MiB free); nothing was touched")]
    [InlineData("64k,nr_inodes=2", AgentResult.PackageManagerFailed, "the agent ran out of disk space: no room for {0}.log (/var/lib/patch-operator 0.1 MiB free)")]
    public async Task A_disk_with_no_room_for_what_the_agent_notes_is_named(string size, AgentResult result, string message)
    {
        using var host = new TestHost().Main(APackage("plain", "1.0"), APackage("plain", "2.0")).Install("plain=1.0");
        host.MountSmallDisk("var/lib/patch-operator", size);

        var report = (await host.PatchAsync(("plain", "2.0"))).Expect(result, AgentReasons.DiskFull);

        Assert.Equal(string.Format(CultureInfo.InvariantCulture, message, "/var/lib/patch-operator/patchoperator-run-1-node-1-patch"), report.Message);
        Assert.Equal("1.0", host.VersionOf("plain"));
    }

    [Fact]
    public async Task A_disk_that_fills_up_during_the_installation_is_told_apart()
    {
        using var host = new TestHost()
            .Main(APackage("full", "1.0"), APackage("full", "2.0").WithPostinst("dd if=/dev/zero of=/small/file bs=1k count=64"))
            .Install("full=1.0");
        host.MountSmallDisk("small", "8k");

        var report = (await host.PatchAsync(("full", "2.0"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.DiskFull);

        Assert.Equal([new ChangedPackage("full", "1.0", "2.0")], report.Changed);
    }

    [Fact]
    public async Task A_package_that_cannot_be_downloaded_leaves_the_host_untouched()
    {
        using var host = new TestHost().Main(APackage("plain", "1.0"), APackage("plain", "2.0")).Install("plain=1.0");
        File.Delete(host.PathOf($"archive/main/{APackage("plain", "2.0").FileName}"));

        var report = (await host.PatchAsync(("plain", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Contains("plain_2.0_all.deb", report.Message, StringComparison.Ordinal);
        Assert.Empty(report.Changed);
    }

    [Fact]
    public async Task A_mirror_that_is_down_stops_a_patch_too()
    {
        using var host = new TestHost().Main(APackage("plain", "1.0"), APackage("plain", "2.0")).Install("plain=1.0");
        host.UseSources("deb [trusted=yes] file:/archive/main ./", "deb [trusted=yes] http://127.0.0.1:9/debian ./");

        var report = (await host.PatchAsync(("plain", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Contains("http://127.0.0.1:9/debian", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0", host.VersionOf("plain"));
        Assert.Null(report.Pending);
    }
}
