using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Zypper;

public class ZypperPatchTests
{
    [Fact]
    public async Task Installs_exactly_what_is_approved_and_applies_and_a_second_patch_has_nothing_to_do()
    {
        using var host = new ZypperHost();
        host.Offer(
                AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1").Requires("fresh").WithField("Recommends", "nicety"), AnRpm("app", "3.0-1"),
                AnRpm("fresh", "1.0-1"), AnRpm("fresh", "1.1-1"), AnRpm("nicety", "1.0-1"),
                AnRpm("other", "1.0-1"), AnRpm("other", "2.0-1"), AnRpm("absent", "1.0-1"), AnRpm("newer", "3.0-1"))
            .Install("app=1.0-1", "other=1.0-1", "newer");
        (string, string)[] approved = [("app", "2.0-1"), ("fresh", "1.0-1"), ("absent", "1.0-1"), ("newer", "2.0-1"), ("nowhere", "1.0-1")];
        var report = (await host.PatchAsync(approved)).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal([new ChangedPackage("app", "1.0-1", "2.0-1"), new ChangedPackage("fresh", "", "1.0-1")], report.Changed);
        Assert.Equal(["fresh"], Automatic(host));
        Assert.False(Directory.Exists(host.PathOf("var/lib/patch-operator")));
        Assert.Empty((await host.PatchAsync(approved)).Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo).Changed);
    }

    [Fact]
    public async Task A_package_that_came_as_a_dependency_stays_one_and_a_changed_configuration_file_stays()
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("app", "1.0-1").Requires("lib"), AnRpm("lib", "1.0-1").WithConfiguration("/etc/lib.conf", "default 1\n")).Install("app");
        host.Write("etc/lib.conf", "mine\n");
        host.Offer(AnRpm("lib", "2.0-1").WithConfiguration("/etc/lib.conf", "default 2\n"));
        var report = (await host.PatchAsync(("lib", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(["/etc/lib.conf"], report.KeptConfiguration);
        Assert.EndsWith("; configuration files kept that packages wanted to replace: 1", report.Message, StringComparison.Ordinal);
        Assert.Equal(["lib"], Automatic(host));
        Assert.Equal(("mine\n", "default 2\n"), (host.Read("etc/lib.conf"), host.Read("etc/lib.conf.rpmnew")));
    }

    [Fact]
    public async Task A_locked_package_is_left_alone_and_named()
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("held", "1.0-1"), AnRpm("held", "2.0-1"), AnRpm("free", "1.0-1"), AnRpm("free", "2.0-1")).Install("held=1.0-1", "free=1.0-1");
        host.Lock("held");
        var report = (await host.PatchAsync(("held", "2.0-1"), ("free", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Contains("on hold and left alone: held", report.Message, StringComparison.Ordinal);
        Assert.Equal(("1.0-1\n", "2.0-1\n"), (host.VersionsOf("held"), host.VersionsOf("free")));
    }

    public static TheoryData<string, string, string> Unapproved => new()
    {
        // what the approved app 2.0-1 has, why it is refused, in which words
        { "Requires: fresh", AgentReasons.UnapprovedChange, "to install the approved updates zypper would also install fresh 1.1-1; nothing was touched" },
        { "Requires: lib >= 2", AgentReasons.UnapprovedChange, "to install the approved updates zypper would also change lib from 1.0-1 to 2.0-1; nothing was touched" },
        { "Conflicts: lib", AgentReasons.UnapprovedChange, "zypper would also remove lib: app-2.0-1.noarch conflicts with lib provided by lib-1.0-1.noarch; nothing was touched" },
        { "Requires: nowhere", AgentReasons.PackageManagerFailed, "zypper finds no way to install the approved updates, nothing was touched: nothing provides nowhere" },
        { "Requires: held >= 2", AgentReasons.PackageManagerFailed, "held is on hold" },
        { "Vendor: Somebody Else", AgentReasons.UnapprovedChange, "zypper would also change the vendor of app; nothing was touched" },
    };

    [Theory, MemberData(nameof(Unapproved))]
    public async Task What_nobody_approved_is_refused_by_name(string field, string reason, string message)
    {
        using var host = new ZypperHost();
        var app = AnRpm("app", "2.0-1").WithField(field.Split(": ")[0], field.Split(": ")[1]);
        host.Offer(
                AnRpm("app", "1.0-1"), app, AnRpm("fresh", "1.1-1"), AnRpm("lib", "1.0-1"), AnRpm("lib", "2.0-1"), AnRpm("held", "1.0-1"), AnRpm("held", "2.0-1"))
            .Install("app=1.0-1", "lib=1.0-1", "held=1.0-1");
        host.Lock("held");
        var report = (await host.PatchAsync(("app", "2.0-1"))).Report;
        Assert.Equal(reason, report.Reason);
        Assert.Contains(message, report.Message, StringComparison.Ordinal);
        Assert.Equal(("1.0-1\n", "1.0-1\n"), (host.VersionsOf("app"), host.VersionsOf("lib")));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("unknown")]
    public async Task A_renamed_package_takes_the_place_of_the_old_one_and_nothing_else_goes(string other)
    {
        using var host = new ZypperHost();
        host.Offer(
                AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1"), AnRpm("oldname", "1.0-1"), AnRpm("newname", "1.0-1").Obsoletes("oldname < 1.1").Provides("oldname = 1.1"))
            .Install("app=1.0-1", "oldname");
        (string, string)[] approved = [(other, "2.0-1"), ("newname", "1.0-1")];
        (await host.VerifyAsync(approved)).Expect(AgentResult.VerificationFailed, AgentReasons.UpdatesMissing);
        var report = (await host.PatchAsync(approved)).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal([new ChangedPackage("newname", "", "1.0-1"), new ChangedPackage("oldname", "1.0-1", "")], report.Changed.Where(change => change.Name != "app"));
        Assert.Equal((other == "app" ? "2.0-1\n" : "1.0-1\n", ""), (host.VersionsOf("app"), string.Join(",", Automatic(host))));
        (await host.VerifyAsync(approved)).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Theory]
    [InlineData("newer versions have come out since the plan was made, and the next run plans with them", "3.0-1")]
    [InlineData("its mirror lags behind those of other nodes: bring it up to date, the next run plans with what it has then", "1.1-1")]
    public async Task A_version_that_no_repository_has_is_named_with_what_there_is(string advice, string offered)
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", offered), AnRpm("free", "1.0-1"), AnRpm("free", "2.0-1")).Install("app=1.0-1", "free=1.0-1");
        var report = (await host.PatchAsync(("app", "2.0-1"), ("free", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable);
        Assert.Equal($"no repository of this host offers app=2.0-1 (offered: {offered}, 1.0-1); nothing was touched; {advice}", report.Message);
        Assert.Equal("1.0-1\n", host.VersionsOf("free"));
    }

    public static TheoryData<FreezeMode, string, string?> Freezes => new()
    {
        // the freeze, what the repository offers instead of 2.0-1, what is installed then; null: nothing, and the step fails
        { FreezeMode.Strict, "3.0-1", null },
        { FreezeMode.AtLeast, "3.0-1", "3.0-1" },
        { FreezeMode.None, "3.0-1", "3.0-1" },
        { FreezeMode.AtLeast, "1.5-1", null },
        { FreezeMode.None, "1.5-1", "1.5-1" },
    };

    [Theory, MemberData(nameof(Freezes))]
    public async Task What_is_installed_where_a_planned_version_is_not_offered_is_up_to_the_freeze(FreezeMode freeze, string offered, string? installed)
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", offered)).Install("app=1.0-1");
        var report = (await host.RunAsync(ZypperHost.Request(AgentStep.Patch, ("app", "2.0-1")) with { Freeze = freeze })).Report;
        Assert.Equal((installed ?? "1.0-1") + "\n", host.VersionsOf("app"));
        Assert.Equal(installed is null ? AgentReasons.VersionUnavailable : AgentReasons.Completed, report.Reason);
        if (installed is not null)
            Assert.Equal([new SubstitutedVersion("app", "2.0-1", installed)], report.Substituted);
    }

    [Fact]
    public async Task The_running_kernel_is_never_replaced()
    {
        var running = (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease")).Trim();
        using var host = new ZypperHost();
        host.Offer(AnRpm("kernel-default", "1.0-1").Provides("kernel").WithFile($"/boot/vmlinuz-{running}", [1]), AnRpm("kernel-default", "1.1-1").Provides("kernel"))
            .Install("kernel-default=1.0-1");
        var report = (await host.PatchAsync(("kernel-default", "1.1-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);
        Assert.Contains("remove the kernel that is running, kernel-default 1.0-1: let zypp.conf's multiversion name provides:multiversion(kernel)", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kernels_that_nothing_needs_any_more_go_where_that_is_asked_for()
    {
        using var host = new ZypperHost();
        host.Write("etc/zypp/zypp.conf", "[main]\nmultiversion = provides:multiversion(kernel)\nmultiversion.kernels = latest,latest-1,running\n");
        host.Offer(Kernel(1), Kernel(2), Kernel(3)).Install("kernel-default=1.0-1").Install("kernel-default=2.0-1").Install("kernel-default=3.0-1");
        var asked = RealHost.Request(AgentStep.Patch);

        await host.RunAsync(asked);
        var all = host.VersionsOf("kernel-default");
        var patched = await host.RunAsync(asked with { RemoveOldKernels = true });
        var again = await host.RunAsync(asked with { RemoveOldKernels = true });

        Assert.Equal("1.0-1\n2.0-1\n3.0-1\n", all);
        Assert.Equal([new ChangedPackage("kernel-default", "1.0-1", "")], patched.Report.Changed);
        Assert.Equal("2.0-1\n3.0-1\n", host.VersionsOf("kernel-default"));
        Assert.Empty(again.Report.Changed);

        static RpmPackage Kernel(int version) =>
            ZypperScanTests.Kernel($"{version}.0-1").Provides($"kernel-uname-r = {version}.0-1-default").WithFile($"/boot/vmlinuz-{version}.0-1-default", [1]);
    }

    [Fact]
    public async Task A_reboot_is_due_when_zypper_says_so_or_a_newer_kernel_is_there()
    {
        var running = (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease")).Trim();
        using var host = new ZypperHost();
        host.Offer(ZypperScanTests.Kernel("999.0-1").WithFile($"/boot/vmlinuz-{running}", [1]), ZypperScanTests.Kernel("999.1-1")).Install("kernel-default=999.0-1");
        host.Write("run/reboot-needed", "");
        var report = (await host.PatchAsync(("kernel-default", "999.1-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(
            ["zypper needs-rebooting says that core libraries or services have been updated", $"kernel 999.1-1-default is installed, {running} is running"],
            report.Reboot!.Because);
    }

    [Fact]
    public async Task What_zypper_conf_says_changes_neither_what_is_read_nor_what_is_done()
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1").Conflicts("precious").WithField("Recommends", "nicety"), AnRpm("nicety", "1.0-1"), AnRpm("precious", "1.0-1"))
            .Install("app=1.0-1", "precious");
        host.Write(
            "etc/zypp/zypper.conf",
            "[main]\nshowAlias = true\n[solver]\ninstallRecommends = yes\nforceResolutionCommands = install,update,patch\n[color]\nuseColors = always\n");
        (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);
        host.Offer(AnRpm("app", "2.1-1").WithField("Recommends", "nicety"));
        var report = (await host.PatchAsync(("app", "2.1-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal([new ChangedPackage("app", "1.0-1", "2.1-1")], report.Changed);
    }

    /// <summary>Without what every host of these tests has come with.</summary>
    private static string[] Automatic(ZypperHost host) =>
        [.. host.Read("var/lib/zypp/AutoInstalled").Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith('#') && !line.Contains(':') && line != "test-release")];
}
