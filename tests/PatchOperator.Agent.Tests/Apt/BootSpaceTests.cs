using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>On a real file system of 50 MiB at /boot with a ramdisk of 40 MiB in it.</summary>
public class BootSpaceTests
{
    [Theory]
    [InlineData("linux-image-6.1.0-18-amd64")]
    [InlineData("calls-it")]
    [InlineData("activates")]
    [InlineData("has-a-hook")]
    public async Task A_ramdisk_that_would_not_fit_is_refused_before_anything_is_touched(string name)
    {
        var package = APackage(name, "1.0");
        using var host = Host(name, name switch
        {
            "calls-it" => package.WithPostinst("if false; then update-initramfs -u; fi"),
            "activates" => package.WithTriggers("activate-noawait update-initramfs"),
            "has-a-hook" => package.WithConffile("usr/share/maker/hooks/hook", ""),
            _ => package,
        });

        var report = (await host.PatchAsync((name, "1.1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.Equal("the file system /boot needs 40.0 MiB (/boot) and has 10.0 MiB free; nothing was touched", report.Message);
        Assert.Equal("1.0", host.VersionOf(name));
    }

    [Fact]
    public async Task An_interrupted_dpkg_is_not_finished_where_its_ramdisk_would_not_fit()
    {
        using var host = Host("app", APackage("app", "1.0"));
        host.Main(APackage("app", "1.2").WithPostinst("touch /configured; if false; then update-initramfs -u; fi"));
        host.Run("dpkg", "--unpack", "/archive/main/app_1.2_all.deb");

        var refused = (await host.PatchAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.Equal(
            "an earlier run of the package manager was interrupted, and there is no room to finish it: the file system /boot needs 40.0 MiB (/boot) and has 10.0 MiB free; "
                + "nothing was touched",
            refused.Message);
        Assert.False(File.Exists(host.PathOf("configured")));

        File.Delete(host.PathOf("boot/initrd.img-6.1.0-18-amd64"));
        (await host.PatchAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.True(File.Exists(host.PathOf("configured")));
    }

    [Fact]
    public async Task A_package_that_has_nothing_to_do_with_ramdisks_needs_no_room_there()
    {
        using var host = Host("plain", APackage("plain", "1.0").WithPostinst("# no update-initramfs here"));

        (await host.PatchAsync(("plain", "1.1"))).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Fact]
    public async Task A_disk_that_fills_up_all_the_same_is_named_with_what_is_free()
    {
        using var host = Host("plain", APackage("plain", "1.0"));
        host.Main(APackage("plain", "1.2").WithPostinst("dd if=/dev/zero of=/boot/file bs=1M count=20"));

        var report = (await host.PatchAsync(("plain", "1.2"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.DiskFull);

        Assert.Contains("/boot 0.0 MiB", report.Message, StringComparison.Ordinal);
    }

    private static TestHost Host(string name, TestPackage package)
    {
        var host = new TestHost()
            .Main(APackage("maker", "1.0")
                .WithTriggers("interest-noawait update-initramfs\ninterest-noawait /usr/share/maker/hooks")
                .WithPostinst("test \"$1\" != triggered || : update-initramfs"))
            .Main(package, APackage(name, "1.1"))
            .Install("maker", $"{name}=1.0");
        host.MountSmallDisk("boot", "50m");
        using var ramdisk = File.Create(host.PathOf("boot/initrd.img-6.1.0-18-amd64"));
        ramdisk.Write(new byte[40 << 20]);
        return host;
    }
}
