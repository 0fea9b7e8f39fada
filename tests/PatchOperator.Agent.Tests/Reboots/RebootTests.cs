using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Reboots;

public class RebootTests
{
    [Fact]
    public async Task A_package_can_ask_for_a_reboot()
    {
        using var host = new TestHost();
        File.WriteAllText(host.PathOf("run/reboot-required"), "*** System restart required ***\n");
        File.WriteAllText(host.PathOf("run/reboot-required.pkgs"), "libc6\nlinux-base\nlibc6\n");

        var reboot = (await host.ScanAsync()).Report.Reboot!;

        Assert.True(reboot.Required);
        Assert.Equal(["/run/reboot-required was set by libc6, linux-base"], reboot.Because);
    }

    [Fact]
    public async Task An_init_that_runs_a_replaced_library_needs_a_reboot()
    {
        using var host = new TestHost();
        var library = host.Run("sh", "-c", "realpath /lib/*/libc.so.6").Trim();
        // What dpkg does in an upgrade: a new file takes the old one's name.
        host.Run("cp", "-a", library, library + ".dpkg-new");
        host.Run("mv", library + ".dpkg-new", library);

        var reboot = (await host.ScanAsync()).Report.Reboot!;

        Assert.True(reboot.Required);
        Assert.Equal([$"tail (process {host.Init.Id}) runs code that an upgrade has replaced: {library}"], reboot.Because);
    }

    [Fact]
    public async Task A_detector_that_fails_knows_neither_yes_nor_no()
    {
        using var host = new TestHost();
        host.Init.Dispose();

        var outcome = await host.ScanAsync();

        Assert.Null(outcome.Expect(AgentResult.Done, AgentReasons.Completed).Reboot);
        Assert.Null(outcome.Summary!.RebootRequired);
        Assert.Contains("cannot find out whether a reboot is due", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_a_way_to_reboot_says_so()
    {
        using var host = new TestHost();

        var report = (await host.RunAsync(TestHost.Request(AgentStep.Reboot))).Expect(AgentResult.PreconditionFailed, AgentReasons.RebootFailed);

        Assert.Contains("no /sbin/reboot", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_is_out_before_the_host_goes_down()
    {
        using var host = new TestHost();
        Shell.Run("mkfifo", host.PathOf("down"));
        InstallReboot(host, "cat /down");
        using var agent = host.Start(TestHost.Request(AgentStep.Reboot));
        agent.WaitFor("RebootRequested");
        await File.WriteAllTextAsync(host.PathOf("down"), "now\n");

        (await agent.WaitAsync()).Expect(AgentResult.Done, AgentReasons.RebootRequested);
    }

    [Fact]
    public async Task A_reboot_that_is_refused_overrules_the_report_that_announced_it()
    {
        using var host = new TestHost();
        InstallReboot(host, "echo shutdown is inhibited >&2; exit 1");

        var report = (await host.RunAsync(TestHost.Request(AgentStep.Reboot))).Expect(AgentResult.PreconditionFailed, AgentReasons.RebootFailed);

        Assert.Contains("shutdown is inhibited", report.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boot-1", AgentReasons.RebootRequested)]
    [InlineData("boot-2", AgentReasons.NothingToDo)]
    public async Task Only_the_boot_that_was_to_end_is_ended(string running, string reason)
    {
        using var host = new TestHost();
        InstallReboot(host, "true");
        Directory.CreateDirectory(host.PathOf("proc/sys/kernel/random"));
        await File.WriteAllTextAsync(host.PathOf("proc/sys/kernel/random/boot_id"), running + "\n");

        (await host.RunAsync(TestHost.Request(AgentStep.Reboot) with { BootId = "boot-1" })).Expect(AgentResult.Done, reason);
    }

    [Theory]
    [InlineData(AgentStep.Patch)]
    [InlineData(AgentStep.Rollback)]
    public async Task Nothing_is_changed_in_another_boot_than_was_meant(AgentStep step)
    {
        using var host = new TestHost();
        Directory.CreateDirectory(host.PathOf("proc/sys/kernel/random"));
        await File.WriteAllTextAsync(host.PathOf("proc/sys/kernel/random/boot_id"), "boot-2\n");

        var report = (await host.RunAsync(TestHost.Request(step) with { BootId = "boot-1" })).Expect(AgentResult.PreconditionFailed, AgentReasons.OtherBoot);

        Assert.Equal("this was asked of boot boot-1, and the host is in boot boot-2: nothing was touched", report.Message);
    }

    private static void InstallReboot(TestHost host, string body)
    {
        File.WriteAllText(host.PathOf("usr/sbin/reboot"), $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(host.PathOf("usr/sbin/reboot"), (UnixFileMode)0b111_101_101);
    }
}
