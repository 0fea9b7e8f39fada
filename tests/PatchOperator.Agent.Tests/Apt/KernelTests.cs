using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

public class KernelTests
{
    private static readonly string Running = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
    private static readonly string Flavour = KernelImage.OfRelease(Running)?.Flavour ?? "amd64";
    private static readonly string Next = $"99.0.0-1-{Flavour}";

    [Fact]
    public async Task A_kernel_comes_by_its_metapackage_beside_the_one_that_runs_asks_for_a_reboot_and_goes_back()
    {
        var (meta, running, next) = ($"linux-image-{Flavour}", $"linux-image-{Running}", $"linux-image-{Next}");
        using var host = new TestHost()
            .Main(Image(Running, "98.0.0-1"), APackage(meta, "98.0.0-1").DependsOn($"{running} (= 98.0.0-1)"))
            .Install(meta)
            .Security(Image(Next, "99.0.0-1"), APackage(meta, "99.0.0-1").DependsOn($"{next} (= 99.0.0-1)"));

        var pending = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var patched = (await host.PatchKeepingAsync((meta, "99.0.0-1"), (next, "99.0.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var both = Directory.EnumerateFiles(host.PathOf("boot"), "vmlinuz-*").Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        var automatic = host.Run("apt-mark", "showauto").Split('\n');
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [new PendingUpdate(next, "", "99.0.0-1", Security: true, Held: false), new PendingUpdate(meta, "98.0.0-1", "99.0.0-1", Security: true, Held: false)],
            pending.Pending!.OrderBy(update => update.Installed, StringComparer.Ordinal));
        Assert.False(pending.Reboot!.Required);
        Assert.Equal(new[] { $"vmlinuz-{Running}", $"vmlinuz-{Next}" }.Order(StringComparer.Ordinal), both);
        Assert.Contains(next, automatic);
        Assert.True(patched.Reboot!.Required);
        Assert.Contains(patched.Reboot.Because, because => because.Contains(Next, StringComparison.Ordinal));
        Assert.Equal(2, back.Changed.Count);
        Assert.Equal(("98.0.0-1", "98.0.0-1"), (host.VersionOf(meta), host.VersionOf(running)));
        Assert.Equal([$"vmlinuz-{Running}"], Directory.EnumerateFiles(host.PathOf("boot"), "vmlinuz-*").Select(Path.GetFileName));
    }

    /// <summary>It asks for the reboot as Debian's kernels do where <c>unattended-upgrades</c> is there.</summary>
    private static TestPackage Image(string release, string version)
    {
        var image = APackage($"linux-image-{release}", version).WithFile($"boot/vmlinuz-{release}", "a kernel\n");
        return release == Running ? image : image.WithPostinst($"touch /run/reboot-required; echo linux-image-{release} >> /run/reboot-required.pkgs");
    }
}
