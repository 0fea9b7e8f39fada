using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

public class PatchTests
{
    [Fact]
    public async Task Installs_exactly_what_is_approved_and_applies()
    {
        using var host = new TestHost()
            .Main(
                APackage("approved", "1.0"), APackage("approved", "2.0"), APackage("other", "1.0"), APackage("other", "2.0"), APackage("absent", "1.0"),
                APackage("newer", "3.0"))
            .Install("approved=1.0", "other=1.0", "newer");

        var outcome = await host.PatchAsync(("approved", "2.0"), ("absent", "1.0"), ("newer", "2.0"), ("nowhere", "1.0"));

        var report = outcome.Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal([new ChangedPackage("approved", "1.0", "2.0")], report.Changed);
        Assert.Equal([new PendingUpdate("other", "1.0", "2.0", Security: false, Held: false)], report.Pending!);
        Assert.NotNull(report.Installed);
        Assert.False(report.Reboot!.Required);
        Assert.False(Directory.Exists(host.PathOf("var/lib/patch-operator")));
    }

    [Fact]
    public async Task A_second_patch_has_nothing_to_do()
    {
        using var host = new TestHost().Main(APackage("plain", "1.0"), APackage("plain", "2.0")).Install("plain=1.0");
        (await host.PatchAsync(("plain", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        var report = (await host.PatchAsync(("plain", "2.0"))).Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo);

        Assert.Empty(report.Changed);
    }

    [Fact]
    public async Task The_approved_security_version_is_installed_although_a_newer_one_is_there()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "3.0"))
            .Security(APackage("app", "2.0"))
            .Install("app=1.0");

        var report = (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("app", "1.0", "2.0")], report.Changed);
        Assert.Equal([new PendingUpdate("app", "2.0", "3.0", Security: false, Held: false)], report.Pending!);
    }

    [Fact]
    public async Task An_approved_dependency_comes_along_at_its_approved_version_and_as_automatic()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "2.0").DependsOn("fresh"), APackage("fresh", "1.0"), APackage("fresh", "1.1"))
            .Install("app=1.0");

        var report = (await host.PatchAsync(("app", "2.0"), ("fresh", "1.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("app", "1.0", "2.0"), new ChangedPackage("fresh", "", "1.0")], report.Changed);
        Assert.Equal("fresh", host.Run("apt-mark", "showauto").Trim());
    }

    [Fact]
    public async Task A_package_that_came_as_a_dependency_stays_one()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0").DependsOn("lib"), APackage("lib", "1.0"), APackage("lib", "2.0"))
            .Install("app", "lib=1.0");
        host.Run("apt-mark", "auto", "lib");

        (await host.PatchAsync(("lib", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("lib", host.Run("apt-mark", "showauto").Trim());
    }

    [Fact]
    public async Task A_configuration_file_that_the_administrator_changed_is_kept()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0").WithConffile("etc/app.conf", "default 1\n"), APackage("app", "2.0").WithConffile("etc/app.conf", "default 2\n"))
            .Install("app=1.0");
        File.WriteAllText(host.PathOf("etc/app.conf"), "mine\n");

        var report = (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["/etc/app.conf"], report.KeptConfiguration);
        Assert.EndsWith("; configuration files kept that packages wanted to replace: 1", report.Message, StringComparison.Ordinal);
        Assert.Equal("mine\n", host.Read("etc/app.conf"));
    }

    [Fact]
    public async Task A_held_package_is_left_alone_and_named_by_patch_and_verify()
    {
        using var host = new TestHost()
            .Main(APackage("held", "1.0"), APackage("held", "2.0"), APackage("free", "1.0"), APackage("free", "2.0"))
            .Install("held=1.0", "free=1.0");
        host.Run("apt-mark", "hold", "held");

        var patched = (await host.PatchAsync(("held", "2.0"), ("free", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var again = (await host.PatchAsync(("held", "2.0"), ("free", "2.0"))).Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo);
        var verified = (await host.VerifyAsync(("held", "2.0"), ("free", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("free", "1.0", "2.0")], patched.Changed);
        Assert.All([patched, again, verified], report => Assert.Contains("on hold and left alone: held", report.Message, StringComparison.Ordinal));
        Assert.Equal("1.0", host.VersionOf("held"));
    }

    [Fact]
    public async Task An_upgrade_that_nobody_approved_is_refused_by_name()
    {
        using var host = new TestHost()
            .Main(
                APackage("app", "1.0"), APackage("app", "2.0").DependsOn("lib (>= 2.0), fresh"), APackage("lib", "1.0"), APackage("lib", "2.0"),
                APackage("fresh", "1.0"))
            .Install("app=1.0", "lib=1.0");

        var report = (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);

        Assert.Contains("upgrade lib from 1.0 to 2.0", report.Message, StringComparison.Ordinal);
        Assert.Contains("install fresh 1.0", report.Message, StringComparison.Ordinal);
        Assert.Empty(report.Changed);
        Assert.Equal("1.0", host.VersionOf("app"));
    }

    [Fact]
    public async Task A_removal_is_refused_by_name()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "2.0").ConflictsWith("precious"), APackage("precious", "1.0"))
            .Install("app=1.0", "precious");

        var report = (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);

        Assert.Contains("remove precious", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0", host.VersionOf("precious"));
    }

    [Fact]
    public async Task A_held_package_that_would_have_to_change_is_refused_by_name()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "2.0").DependsOn("lib (>= 2.0)"), APackage("lib", "1.0"), APackage("lib", "2.0"))
            .Install("app=1.0", "lib=1.0");
        host.Run("apt-mark", "hold", "lib");

        var report = (await host.PatchAsync(("app", "2.0"), ("lib", "2.0"))).Report;

        Assert.NotEqual(AgentResult.Done, report.Result);
        Assert.Contains("lib", report.Message, StringComparison.Ordinal);
        Assert.Equal(("1.0", "1.0"), (host.VersionOf("app"), host.VersionOf("lib")));
    }

    [Fact]
    public async Task A_version_that_the_archive_no_longer_has_is_named()
    {
        using var host = new TestHost()
            .Main(APackage("gone", "1.0"), APackage("gone", "2.0"), APackage("gone", "3.0"), APackage("free", "1.0"), APackage("free", "2.0"))
            .Install("gone=1.0", "free=1.0")
            .Withdraw(APackage("gone", "2.0"));

        var report = (await host.PatchAsync(("gone", "2.0"), ("free", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable);

        Assert.Equal(
            "no archive of this host offers gone=2.0 (offered: 3.0, 1.0); nothing was touched; newer versions have come out since the plan was made, and the next "
                + "run plans with them",
            report.Message);
        Assert.Equal("1.0", host.VersionOf("free"));
    }

    public static TheoryData<string, FreezeMode, string, string?> Freezes => new()
    {
        // what is planned, the freeze, what the archive offers instead, what is installed then; null: nothing, and the step fails
        { "2.0", FreezeMode.Strict, "3.0", null },
        { "2.0", FreezeMode.AtLeast, "3.0", "3.0" },
        { "2.0", FreezeMode.None, "3.0", "3.0" },
        { "2.0", FreezeMode.AtLeast, "1.5", null },
        { "2.0", FreezeMode.None, "1.5", "1.5" },
    };

    [Theory, MemberData(nameof(Freezes))]
    public async Task What_is_installed_where_a_planned_version_is_not_offered_is_up_to_the_freeze(
        string planned, FreezeMode freeze, string offered, string? installed)
    {
        using var host = new TestHost().Main(APackage("app", "1.0"), APackage("app", offered)).Install("app=1.0");

        var report = (await host.RunAsync(TestHost.Request(AgentStep.Patch, ("app", planned)) with { Freeze = freeze })).Report;

        Assert.Equal(installed ?? "1.0", host.VersionOf("app"));
        if (installed is null)
        {
            Assert.Equal((AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable), (report.Result, report.Reason));
            return;
        }

        Assert.Equal(AgentResult.Done, report.Result);
        Assert.Equal([new SubstitutedVersion("app", planned, installed)], report.Substituted);
        (await host.RunAsync(TestHost.Request(AgentStep.Verify, ("app", planned)) with { Freeze = freeze })).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Theory]
    [InlineData(FreezeMode.AtLeast, "2.0")]
    [InlineData(FreezeMode.None, "3.0")]
    public async Task A_newer_version_beside_the_planned_one_is_for_those_that_freeze_nothing(FreezeMode freeze, string installed)
    {
        using var host = new TestHost().Main(APackage("app", "1.0"), APackage("app", "2.0"), APackage("app", "3.0")).Install("app=1.0");

        await host.RunAsync(TestHost.Request(AgentStep.Patch, ("app", "2.0")) with { Freeze = freeze });

        Assert.Equal(installed, host.VersionOf("app"));
    }

    [Fact]
    public async Task A_mirror_that_lags_behind_what_is_planned_and_has_no_update_leaves_nothing_to_do_without_a_freeze()
    {
        using var host = new TestHost().Main(APackage("app", "1.0")).Install("app=1.0");

        (await host.RunAsync(TestHost.Request(AgentStep.Patch, ("app", "2.0")) with { Freeze = FreezeMode.None }))
            .Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo);
    }

    [Fact]
    public async Task A_mirror_that_does_not_have_the_planned_version_yet_is_to_be_brought_up_to_date()
    {
        using var host = new TestHost().Main(APackage("app", "1.0"), APackage("app", "1.1")).Install("app=1.0");

        var report = (await host.PatchAsync(("app", "1.2"))).Expect(AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable);

        Assert.Contains("app=1.2 (offered: 1.1, 1.0)", report.Message, StringComparison.Ordinal);
        Assert.EndsWith("its mirror lags behind those of other nodes: bring it up to date, the next run plans with what it has then", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dependency_whose_approved_version_is_gone_is_named()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "2.0").DependsOn("fresh"), APackage("fresh", "1.1"))
            .Install("app=1.0");

        var report = (await host.PatchAsync(("app", "2.0"), ("fresh", "1.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable);

        Assert.Contains("fresh=1.0", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_finds_what_is_missing_and_nothing_else()
    {
        using var host = new TestHost()
            .Main(APackage("behind", "1.0"), APackage("behind", "2.0"), APackage("ahead", "3.0"))
            .Install("behind=1.0", "ahead");

        var report = (await host.VerifyAsync(("behind", "2.0"), ("ahead", "2.0"), ("absent", "1.0")))
            .Expect(AgentResult.VerificationFailed, AgentReasons.UpdatesMissing);

        Assert.Equal([new ApprovedUpdate("behind", "2.0")], report.Missing);
        Assert.Contains("behind 2.0 (installed: 1.0)", report.Message, StringComparison.Ordinal);
    }
}
