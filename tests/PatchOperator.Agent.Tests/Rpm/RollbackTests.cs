using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Images;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>What goes back in the same way whichever package manager does it.</summary>
public class RollbackTests
{
    public static TheoryData<string> Managers { get; } = [RpmImage.Dnf, RpmImage.Zypper];

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task A_configuration_file_that_the_administrator_changed_survives_a_rollback_and_the_update_after_it(string manager)
    {
        using var host = RpmImage.Host(manager);
        host.Offer([.. from name in new[] { "app", "plain" } from major in new[] { 1, 2, 3 } select Configured(name, major)]).Install("app-1.0-1", "plain-1.0-1");
        host.Write("etc/app.conf", "mine\n");

        (await host.PatchKeepingAsync(("app", "2.0-1"), ("plain", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(("mine\n", "default 2\n"), (host.Read("etc/app.conf"), host.Read("etc/plain.conf")));
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(("mine\n", "default 1\n"), (host.Read("etc/app.conf"), host.Read("etc/plain.conf")));
        (await host.PatchAsync(("app", "3.0-1"), ("plain", "3.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(("mine\n", "default 3\n"), (host.Read("etc/app.conf"), host.Read("etc/plain.conf")));

        static RpmPackage Configured(string name, int major) => AnRpm(name, $"{major}.0-1").WithConfiguration($"/etc/{name}.conf", $"default {major}\n");
    }

    [Theory]
    [InlineData(RpmImage.Dnf, "^dnf would not install app 1.0-1: .*later-1.0-1.noarch requires app >= 2.*; nothing was touched$")]
    [InlineData(RpmImage.Dnf5, "^dnf finds no way back: .*later-1.0-1.noarch requires app >= 2.*; nothing was touched$")]
    [InlineData(RpmImage.Zypper, "^zypper finds no way back: .*later-1.0-1.noarch requires app >= 2.*; nothing was touched$")]
    public async Task What_others_need_by_now_is_not_taken_away(string manager, string because)
    {
        using var host = RpmImage.Host(manager);
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1"), AnRpm("later", "1.0-1").Requires("app >= 2")).Install("app-1.0-1");
        (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        host.Install("later");

        var report = (await host.RollbackAsync()).Expect(AgentResult.PackageManagerFailed, AgentReasons.NotBroughtBack);

        Assert.Matches(because, report.Message);
        Assert.Equal(("2.0-1\n", "1.0-1\n"), (host.VersionsOf("app"), host.VersionsOf("later")));
    }

    [Theory]
    [InlineData(RpmImage.Dnf, "^to go back dnf would also remove later 1.0-1; nothing was touched$")]
    [InlineData(RpmImage.Dnf5, "^dnf finds no way back: .*later-1.0-1.noarch requires fresh.*; nothing was touched$")]
    [InlineData(RpmImage.Zypper, "^zypper finds no way back: .*later-1.0-1.noarch requires fresh.*; nothing was touched$")]
    public async Task What_came_and_others_need_by_now_does_not_go(string manager, string because)
    {
        using var host = RpmImage.Host(manager);
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1").Requires("fresh"), AnRpm("fresh", "1.0-1"), AnRpm("later", "1.0-1").Requires("fresh"))
            .Install("app-1.0-1");
        (await host.PatchKeepingAsync(("app", "2.0-1"), ("fresh", "1.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        host.Install("later");

        var report = (await host.RollbackAsync()).Expect(AgentResult.PackageManagerFailed, AgentReasons.NotBroughtBack);

        Assert.Matches(because, report.Message);
        Assert.Equal(("2.0-1\n", "1.0-1\n"), (host.VersionsOf("app"), host.VersionsOf("later")));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task A_kernel_that_came_beside_another_goes_and_the_other_stays(string manager)
    {
        using var host = RpmImage.Host(manager);
        host.Offer(Kernel("6.4.0-1"), Kernel("6.4.0-2"), AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1")).Install("kernel-default-6.4.0-1", "app-1.0-1");

        (await host.PatchKeepingAsync(("kernel-default", "6.4.0-2"), ("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var beside = host.VersionsOf("kernel-default");
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("6.4.0-1\n6.4.0-2\n", beside);
        Assert.Equal([new ChangedPackage("app", "2.0-1", "1.0-1"), new ChangedPackage("kernel-default", "6.4.0-2", "")], back.Changed);
        Assert.Equal("6.4.0-1\n", host.VersionsOf("kernel-default"));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task A_rollback_whose_agent_was_killed_is_taken_up_again(string manager)
    {
        using var host = await GatedHostAsync(manager);
        using var killed = host.Start(RealHost.Request(AgentStep.Rollback));
        var gate = await ReachGateAsync(host);
        killed.Signal("KILL");
        await killed.WaitAsync();

        using var next = host.Start(RealHost.Request(AgentStep.Rollback));
        next.WaitFor("waiting");
        await gate.DisposeAsync();
        (await next.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(("1.0-1\n", "1.0-1\n"), (host.VersionsOf("slow"), host.VersionsOf("plain")));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task A_rollback_in_which_the_package_manager_was_killed_is_finished(string manager)
    {
        using var host = await GatedHostAsync(manager);
        using var agent = host.Start(RealHost.Request(AgentStep.Rollback));
        await using (await ReachGateAsync(host))
        {
            Kill(host);
            Assert.Equal(AgentReasons.NotBroughtBack, (await agent.WaitAsync()).Report.Reason);
        }

        File.Delete(host.PathOf("gate"));
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(("1.0-1\n", "1.0-1\n"), (host.VersionsOf("slow"), host.VersionsOf("plain")));
    }

    private static RpmPackage Kernel(string version) => AnRpm("kernel-default", version).SideBySide().Provides("kernel").Provides("installonlypkg(kernel)")
        .Provides("multiversion(kernel)").WithFile($"/boot/vmlinuz-{version}-default", [1]);

    /// <summary>A patch is done, and what brings its package back waits at a named pipe.</summary>
    private static async Task<RpmHost> GatedHostAsync(string manager)
    {
        var host = RpmImage.Host(manager);
        host.Offer(
                AnRpm("slow", "1.0-1").WithScript("post", "if [ -p /gate ]; then read answer < /gate || :; fi"), AnRpm("slow", "2.0-1"), AnRpm("plain", "1.0-1"),
                AnRpm("plain", "2.0-1"))
            .Install("slow-1.0-1", "plain-1.0-1");
        (await host.PatchKeepingAsync(("slow", "2.0-1"), ("plain", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Shell.Run("mkfifo", host.PathOf("gate"));
        return host;
    }

    /// <summary>Opens the pipe for writing, which returns when the script reads it: it goes on when the pipe is closed.</summary>
    private static Task<FileStream> ReachGateAsync(RpmHost host) => Task.Run(() => File.OpenWrite(host.PathOf("gate")));

    /// <summary>The package manager, and all that it has started.</summary>
    private static void Kill(RpmHost host)
    {
        var process = host.Read(host is DnfHost ? "var/lib/dnf/rpmdb_lock.pid" : "run/zypp.pid").Trim();
        Shell.Run("pkill", "-KILL", "-s", Shell.Run("ps", "-o", "sid=", "-p", process).Trim());
    }
}
