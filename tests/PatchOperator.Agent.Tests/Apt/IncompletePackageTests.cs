using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>A package that dpkg does not call whole is found by every step, and mended by the next patch.</summary>
public class IncompletePackageTests
{
    [Fact]
    public async Task A_fix_whose_configuration_failed_is_incomplete_until_the_next_patch_has_mended_it()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("plain", "1.0")).Security(APackage("app", "1.1").WithPostinst("test -e /room"))
            .Install("app=1.0", "plain");
        IncompletePackage[] incomplete = [new("app", "half-configured")];

        var failed = await host.PatchAsync(("app", "1.1"));
        Assert.Equal(incomplete, failed.Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed).Incomplete!);
        Assert.Equal(1, failed.Summary!.Counts.Incomplete);
        var scanned = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(incomplete, scanned.Incomplete!);
        Assert.Contains("not whole: app (half-configured)", scanned.Message, StringComparison.Ordinal);
        var unrelated = (await host.VerifyAsync(("plain", "1.0"))).Expect(AgentResult.VerificationFailed, AgentReasons.PackagesIncomplete);
        Assert.Equal("packages are not whole: app (half-configured)", unrelated.Message);
        (await host.PatchAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.InterruptedPackageManager);

        File.WriteAllText(host.PathOf("room"), "");
        var mended =
            (await host.RunAsync(TestHost.Request(AgentStep.Patch) with { Operation = "run-2-node-1" })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("app was not whole and is now, nothing else was left to do", mended.Message);
        Assert.Empty(mended.Incomplete!);
        Assert.Equal("", host.Run("dpkg", "--audit"));
        (await host.VerifyAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Fact]
    public async Task What_nobody_approved_and_a_fix_has_broken_fails_the_patch_too()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "1.1").WithPostinst("dpkg-trigger --no-await /watched"))
            .Main(APackage("watcher", "1.0").WithTriggers("interest-noawait /watched").WithPostinst("test \"$1\" != triggered"))
            .Install("app=1.0", "watcher");

        var report = (await host.PatchAsync(("app", "1.1"))).Report;

        Assert.Equal(AgentResult.PackageManagerFailed, report.Result);
        Assert.Equal("watcher", Assert.Single(report.Incomplete!).Name);
    }

    [Fact]
    public async Task A_host_on_which_apt_does_nothing_still_says_what_is_broken_and_what_waits()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("needy", "1.0").DependsOn("absent")).Security(APackage("app", "1.1"))
            .Install("app=1.0");
        host.Try("dpkg", "--unpack", "/archive/main/needy_1.0_all.deb");

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new IncompletePackage("needy", "unpacked")], report.Incomplete!);
        Assert.Equal(
            [new PendingUpdate("app", "1.0", "1.1", Security: true, Held: false, "apt does nothing on this host until broken packages are mended")],
            report.Pending!);
    }

    [Fact]
    public async Task A_repair_installs_nothing_that_nobody_approved()
    {
        using var host = new TestHost().Main(APackage("needy", "1.0").DependsOn("fresh"), APackage("fresh", "1.0")).Install();
        host.Try("dpkg", "--unpack", "/archive/main/needy_1.0_all.deb");

        var refused = (await host.PatchAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.InterruptedPackageManager);
        var mended = (await host.PatchAsync(("fresh", "1.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Contains("apt-get --fix-broken install would install fresh 1.0, which nobody has approved", refused.Message, StringComparison.Ordinal);
        Assert.Contains(new ChangedPackage("fresh", "", "1.0"), mended.Changed);
        Assert.Empty(mended.Incomplete!);
    }

    [Fact]
    public async Task A_package_that_must_be_installed_again_is_when_its_archive_has_it()
    {
        using var host = new TestHost().Main(APackage("app", "1.0")).Install("app");
        MustBeInstalledAgain(host, "app");

        var scanned = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var mended = (await host.PatchAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new IncompletePackage("app", "half-installed, reinstreq")], scanned.Incomplete!);
        Assert.Empty(mended.Incomplete!);
        Assert.Equal("", host.Run("dpkg", "--audit"));
    }

    [Fact]
    public async Task A_package_that_must_be_installed_again_is_not_where_it_would_not_fit()
    {
        using var host = new TestHost().Main(APackage("big", "1.0").WithBallast(4 * 1024 * 1024)).Install("big");
        host.UseSources("deb [trusted=yes] copy:/archive/main ./");
        host.Run("apt-get", "update");
        host.MountSmallDisk("var/cache/apt/archives", "1m");
        Directory.CreateDirectory(host.PathOf("var/cache/apt/archives/partial"));
        MustBeInstalledAgain(host, "big");

        var report = (await host.PatchAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.Equal(
            "an earlier run of the package manager was interrupted, and there is no room to finish it: the file system /var/cache/apt/archives needs 4.0 MiB "
                + "(/var/cache/apt/archives) and has 1.0 MiB free; nothing was installed",
            report.Message);
    }

    [Fact]
    public async Task What_no_archive_can_mend_is_told_in_apts_own_words()
    {
        using var host = new TestHost().Main(APackage("app", "1.0"), APackage("plain", "1.0"), APackage("plain", "1.1")).Install("app", "plain=1.0");
        host.Withdraw(APackage("app", "1.0"));
        MustBeInstalledAgain(host, "app");

        var report = (await host.PatchAsync(("plain", "1.1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.InterruptedPackageManager);

        Assert.Contains("repair app by hand", report.Message, StringComparison.Ordinal);
        Assert.Contains("app needs to be reinstalled", report.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("exit code 0", report.Message, StringComparison.Ordinal);
    }

    /// <summary>As dpkg leaves a package that it was interrupted in while it unpacked it.</summary>
    private static void MustBeInstalledAgain(TestHost host, string package)
    {
        var status = host.PathOf("var/lib/dpkg/status");
        var (whole, broken) = ($"Package: {package}\nStatus: install ok installed", $"Package: {package}\nStatus: install reinstreq half-installed");
        File.WriteAllText(status, File.ReadAllText(status).Replace(whole, broken, StringComparison.Ordinal));
    }
}
