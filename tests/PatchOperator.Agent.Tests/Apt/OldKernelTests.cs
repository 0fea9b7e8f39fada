using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>Kernels of 3 MiB each on a real file system of 14 MiB at /boot: four fit, and what a fifth takes does not.</summary>
public class OldKernelTests
{
    private static readonly AgentRequest Asked = RealHost.Request(
        AgentStep.Patch, ("linux-image-amd64", "6.1.5"), ("linux-image-6.1.0-5-amd64", "6.1.5"));

    [Fact]
    public async Task What_nothing_needs_any_more_is_removed_so_that_the_next_kernel_has_room()
    {
        using var host = Host();

        (await host.RunAsync(Asked)).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);
        var staged = (await host.RunAsync(Asked with { Step = AgentStep.Stage, RemoveOldKernels = true })).Expect(AgentResult.Done, AgentReasons.Completed);
        var patched = (await host.RunAsync(Asked with { RemoveOldKernels = true, KeepReplaced = true })).Expect(AgentResult.Done, AgentReasons.Completed);
        var kernels = Kernels(host);
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.StartsWith("nothing was downloaded, and the patch step, which first removes old kernels, looks again: ", staged.Message, StringComparison.Ordinal);
        Assert.Equal(["linux-image-6.1.0-3-amd64", "linux-image-6.1.0-4-amd64", "linux-image-6.1.0-5-amd64"], kernels);
        Assert.Equal(
            [
                new("linux-headers-6.1.0-1-amd64", "6.1.1", ""), new("linux-image-6.1.0-1-amd64", "6.1.1", ""), new("linux-image-6.1.0-2-amd64", "6.1.2", ""),
                new("linux-image-6.1.0-5-amd64", "", "6.1.5"), new("linux-image-amd64", "6.1.4", "6.1.5"),
            ],
            patched.Changed);
        Assert.Equal(["linux-image-6.1.0-3-amd64", "linux-image-6.1.0-4-amd64"], Kernels(host));
        Assert.Equal("1.0", host.VersionOf("orphan"));
    }

    [Fact]
    public async Task A_patch_that_could_not_begin_has_changed_nothing_that_could_be_brought_back()
    {
        using var host = Host();
        host.UseSources("deb [trusted=yes] file:/archive/gone ./");

        var failed = (await host.RunAsync(Asked with { RemoveOldKernels = true, KeepReplaced = true })).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Equal(["linux-image-6.1.0-3-amd64", "linux-image-6.1.0-4-amd64"], Kernels(host));
        Assert.Empty(failed.Changed);
    }

    [Fact]
    public async Task They_stay_where_nobody_asks_or_it_is_only_looked_at_or_something_else_would_go()
    {
        using var host = Host();
        host.Main(APackage("module", "1.0").DependsOn("linux-image-6.1.0-1-amd64, linux-image-6.1.0-2-amd64")).Install("module=1.0");
        host.Run("apt-mark", "auto", "module");
        var asked = RealHost.Request(AgentStep.Patch);

        await host.RunAsync(asked);
        await host.RunAsync(asked with { RemoveOldKernels = true, DryRun = true });
        var patched = await host.RunAsync(asked with { RemoveOldKernels = true });

        Assert.Contains("old kernels stay, as with them would go module", patched.Errors, StringComparison.Ordinal);
        Assert.Equal(4, Kernels(host).Count);
    }

    private static TestHost Host()
    {
        var host = new TestHost();
        for (var number = 1; number <= 5; number++)
            host.Main(Kernel(number), APackage("linux-image-amd64", $"6.1.{number}").DependsOn($"linux-image-6.1.0-{number}-amd64"));
        host.Main(APackage("linux-headers-6.1.0-1-amd64", "6.1.1"), APackage("orphan", "1.0"));
        host.MountSmallDisk("boot", "14m");
        host.Install("linux-headers-6.1.0-1-amd64", "orphan", "linux-image-6.1.0-1-amd64", "linux-image-6.1.0-2-amd64", "linux-image-6.1.0-3-amd64", "linux-image-amd64=6.1.4");
        host.Run(
            "apt-mark", "auto", "linux-headers-6.1.0-1-amd64", "orphan", "linux-image-6.1.0-1-amd64", "linux-image-6.1.0-2-amd64", "linux-image-6.1.0-3-amd64",
            "linux-image-6.1.0-4-amd64");
        return host;
    }

    private static TestPackage Kernel(int number) =>
        APackage($"linux-image-6.1.0-{number}-amd64", $"6.1.{number}")
            .WithFile($"boot/vmlinuz-6.1.0-{number}-amd64", new string('k', 1 << 20)).WithFile($"boot/initrd.img-6.1.0-{number}-amd64", new string('r', 2 << 20));

    private static List<string> Kernels(TestHost host) =>
        [.. host.Run("dpkg-query", "--show", "--showformat=${db:Status-Abbrev}${Package}\n", "linux-image-6*").Split('\n')
            .Where(line => line.StartsWith("ii ", StringComparison.Ordinal)).Select(line => line[3..])];
}
