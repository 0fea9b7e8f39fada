using System.Globalization;
using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

public abstract class KernelTests
{
    private protected abstract DnfHost NewHost();

    [Fact]
    public async Task A_kernel_comes_beside_the_others_the_oldest_goes_by_the_hosts_own_limit_and_a_reboot_is_due()
    {
        var running = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        using var host = NewHost();
        host.Offer(Kernel("1.0-1", running), Kernel("2.0-1", "2.0-1"), Kernel("3.0-1", "3.0-1"), Kernel("4.0-1", "4.0-1")).Install("kernel-core-1.0");
        host.Install("kernel-core-2.0");
        host.Install("kernel-core-3.0");

        var scan = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var patch = (await host.PatchAsync(("kernel-core", "4.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Empty(scan.Incomplete!);
        Assert.Equal([new PendingUpdate("kernel-core", "3.0-1", "4.0-1", Security: false, Held: false)], scan.Pending!);
        Assert.Equal([new ChangedPackage("kernel-core", "1.0-1", ""), new ChangedPackage("kernel-core", "", "4.0-1")], patch.Changed);
        Assert.Equal("2.0-1\n3.0-1\n4.0-1\n", string.Concat(host.VersionsOf("kernel-core").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order().Select(line => line + "\n")));
        Assert.Contains(scan.Reboot!.Because, because => because == $"kernel 3.0-1 is installed, {running} is running");
    }

    [Fact]
    public async Task What_has_come_since_the_boot_and_needs_one_is_named()
    {
        using var host = NewHost();
        host.Offer(AnRpm("glibc", "2.34-1")).Install("glibc");
        // dnf counts seconds.
        while (long.Parse(host.Run("rpm", "-q", "--queryformat", "%{INSTALLTIME}", "glibc"), CultureInfo.InvariantCulture)
            <= long.Parse(host.Run("stat", "--format=%Y", "/proc/1"), CultureInfo.InvariantCulture))
            host.Dnf("reinstall", "--assumeyes", "glibc");

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["dnf needs-restarting names glibc, newer than the boot"], report.Reboot!.Because);
    }

    [Fact]
    public async Task A_kernel_that_does_not_fit_on_boot_is_found_before_anything_is_touched()
    {
        using var host = NewHost();
        host.Offer(Kernel("1.0-1", "1.0-1"), Kernel("2.0-1", "2.0-1")).Install("kernel-core-1.0");
        host.MountSmallDisk("/boot", "2m");
        host.Write("/boot/initramfs-1.0-1.img", new string('x', 1_500_000));

        var report = (await host.PatchAsync(("kernel-core", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.Equal("the file system /boot needs 1.4 MiB (/boot) and has 0.6 MiB free; nothing was touched", report.Message);
    }

    [Theory]
    [InlineData("dracut --force --regenerate-all")]
    [InlineData("weak-modules --add-modules")]
    public async Task A_ramdisk_that_is_made_anew_without_a_kernel_and_does_not_fit_is_found_before_anything_is_touched(string script)
    {
        using var host = NewHost();
        host.Offer(AnRpm("microcode", "1.0-1").WithScript("posttrans", $"if false; then {script}; fi"), AnRpm("microcode", "2.0-1"), AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1"))
            .Install("microcode-1.0", "plain-1.0");
        host.MountSmallDisk("/boot", "2m");
        host.Write("/boot/initramfs-1.0-1.img", new string('x', 1_500_000));

        var refused = (await host.PatchAsync(("microcode", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);
        (await host.PatchAsync(("plain", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("the file system /boot needs 1.4 MiB (/boot) and has 0.6 MiB free; nothing was touched", refused.Message);
    }

    private static RpmPackage Kernel(string version, string release) => AnRpm("kernel-core", version)
        .Provides("kernel").Provides("installonlypkg(kernel)").WithFile($"/usr/lib/modules/{release}/vmlinuz", [1, 2, 3])
        // The one file that all versions have, side by side.
        .WithFile("/usr/share/kernel-core/version", [1]);

    public sealed class OfDnf4 : KernelTests
    {
        private protected override DnfHost NewHost() => new Dnf4Host();
    }

    public sealed class OfDnf5 : KernelTests
    {
        private protected override DnfHost NewHost() => new Dnf5Host();
    }
}
