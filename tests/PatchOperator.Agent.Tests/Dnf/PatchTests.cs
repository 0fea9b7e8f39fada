using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

public abstract class PatchTests
{
    private protected abstract DnfHost NewHost();

    [Fact]
    public async Task Installs_exactly_what_is_approved_and_applies_and_says_so_in_the_history()
    {
        using var host = NewHost();
        host.Offer(
                AnRpm("approved", "1.0-1"), AnRpm("approved", "1:2.0-1.el9"), AnRpm("approved", "1:3.0-1.el9"), AnRpm("other", "1.0-1"), AnRpm("other", "2.0-1"),
                AnRpm("absent", "1.0-1"), AnRpm("newer", "3.0-1"))
            .Install("approved-1.0", "other-1.0", "newer");

        var report = (await host.PatchAsync(("approved", "1:2.0-1.el9"), ("absent", "1.0-1"), ("newer", "2.0-1"), ("nowhere", "1.0-1")))
            .Expect(AgentResult.Done, AgentReasons.Completed);
        var again = (await host.PatchAsync(("approved", "1:2.0-1.el9"))).Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo);

        Assert.Equal([new ChangedPackage("approved", "1.0-1", "1:2.0-1.el9")], report.Changed);
        Assert.Equal([("approved", "1:3.0-1.el9"), ("other", "2.0-1")], report.Pending!.Select(update => (update.Name, update.Candidate)));
        Assert.Empty(again.Changed);
        Assert.Contains("patchoperator-run-1-node-1-patch", host.Dnf("history", "info", "last"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(host.PathOf("var/lib/patch-operator")));
    }

    [Fact]
    public async Task An_approved_dependency_comes_along_at_its_approved_version_and_each_stays_what_it_was_for_dnf()
    {
        using var host = NewHost();
        host.Offer(
                AnRpm("app", "1.0-1").Requires("lib"), AnRpm("app", "2.0-1").Requires("fresh").Requires("lib"), AnRpm("fresh", "1.0-1"), AnRpm("fresh", "1.1-1"),
                AnRpm("lib", "1.0-1"), AnRpm("lib", "2.0-1"))
            .Install("app-1.0", "lib-1.0");
        host.MarkAutomatic("lib");

        var report = (await host.PatchAsync(("app", "2.0-1"), ("fresh", "1.0-1"), ("lib", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [new ChangedPackage("app", "1.0-1", "2.0-1"), new ChangedPackage("fresh", "", "1.0-1"), new ChangedPackage("lib", "1.0-1", "2.0-1")], report.Changed);
        Assert.Equal(
            ["app user", "fresh dependency", "lib dependency"],
            host.Dnf("--quiet", "repoquery", "--installed", "--queryformat", "%{name} %{reason}\n", "app", "fresh", "lib").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.ToLowerInvariant()));
    }

    [Fact]
    public async Task A_package_that_takes_the_place_of_another_is_pending_missing_and_comes_in_its_place()
    {
        using var host = NewHost();
        host.Offer(AnRpm("old", "1.0-1")).Install("old");
        host.Offer(AnRpm("successor", "2.0-1").Obsoletes("old < 2").Provides("old = 2.0-1").Requires("fresh"), AnRpm("fresh", "1.0-1"), AnRpm("absent", "1.0-1"));
        (string, string)[] approved = [("successor", "2.0-1"), ("fresh", "1.0-1"), ("absent", "1.0-1")];

        var scan = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var missing = (await host.VerifyAsync(approved)).Expect(AgentResult.VerificationFailed, AgentReasons.UpdatesMissing);
        var patch = (await host.PatchAsync(approved)).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([("fresh", "", "1.0-1"), ("successor", "", "2.0-1")], scan.Pending!.Select(update => (update.Name, update.Installed, update.Candidate)));
        Assert.Contains("successor 2.0-1 (the package that it takes the place of is still there)", missing.Message, StringComparison.Ordinal);
        Assert.Equal([new ChangedPackage("fresh", "", "1.0-1"), new ChangedPackage("old", "1.0-1", ""), new ChangedPackage("successor", "", "2.0-1")], patch.Changed);
        (await host.VerifyAsync(approved)).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Fact]
    public async Task A_configuration_file_that_the_administrator_changed_is_kept()
    {
        using var host = NewHost();
        host.Offer(AnRpm("app", "1.0-1").WithConfiguration("/etc/app.conf", "default 1\n"), AnRpm("app", "2.0-1").WithConfiguration("/etc/app.conf", "default 2\n"))
            .Install("app-1.0");
        host.Write("/etc/app.conf", "mine\n");

        var report = (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["/etc/app.conf"], report.KeptConfiguration);
        Assert.EndsWith("; configuration files kept that packages wanted to replace: 1", report.Message, StringComparison.Ordinal);
        Assert.Equal(("mine\n", "default 2\n"), (host.Read("/etc/app.conf"), host.Read("/etc/app.conf.rpmnew")));
    }

    [Fact]
    public async Task A_locked_package_is_left_alone_and_named_by_patch_and_verify()
    {
        using var host = NewHost();
        host.Offer(AnRpm("held", "1.0-1"), AnRpm("held", "2.0-1"), AnRpm("free", "1.0-1"), AnRpm("free", "2.0-1")).Install("held-1.0", "free-1.0");
        host.Dnf("versionlock", "add", "held");

        var patched = (await host.PatchAsync(("held", "2.0-1"), ("free", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var verified = (await host.VerifyAsync(("held", "2.0-1"), ("free", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("free", "1.0-1", "2.0-1")], patched.Changed);
        Assert.All([patched, verified], report => Assert.Contains("on hold and left alone: held", report.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_a_lock_excludes_is_named_and_nothing_else_is_installed()
    {
        using var host = NewHost();
        host.Offer(AnRpm("unwanted", "1.0-1"), AnRpm("unwanted", "2.0-1"), AnRpm("free", "1.0-1"), AnRpm("free", "2.0-1")).Install("unwanted-1.0", "free-1.0");
        host.Dnf("versionlock", "exclude", "unwanted-2.0");

        var report = (await host.PatchAsync(("unwanted", "2.0-1"), ("free", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);

        Assert.StartsWith("dnf would not install unwanted 2.0-1, nothing was touched: ", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("free"));
    }

    [Fact]
    public async Task An_upgrade_that_nobody_approved_is_refused_by_name()
    {
        using var host = NewHost();
        host.Offer(
                AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1").Requires("lib >= 2.0").Requires("fresh"), AnRpm("lib", "1.0-1"), AnRpm("lib", "2.0-1"), AnRpm("fresh", "1.0-1"))
            .Install("app-1.0", "lib-1.0");

        var report = (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);

        Assert.Equal("to install the approved updates dnf would also install fresh 1.0-1, upgrade lib from 1.0-1 to 2.0-1; nothing was touched", report.Message);
        Assert.Empty(report.Changed);
        Assert.Equal("1.0-1\n", host.VersionsOf("app"));
    }

    [Fact]
    public async Task A_removal_is_never_done()
    {
        using var host = NewHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1").Conflicts("precious"), AnRpm("precious", "1.0-1")).Install("app-1.0", "precious");

        var report = (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);

        Assert.StartsWith("dnf finds no way to install the approved updates, nothing was touched: ", report.Message, StringComparison.Ordinal);
        Assert.Contains("conflicts with precious", report.Message, StringComparison.Ordinal);
        Assert.Equal(("1.0-1\n", "1.0-1\n"), (host.VersionsOf("app"), host.VersionsOf("precious")));
    }

    [Fact]
    public async Task A_version_that_the_repository_no_longer_has_is_named()
    {
        using var host = NewHost();
        host.Offer(AnRpm("gone", "1.0-1"), AnRpm("gone", "3.0-1"), AnRpm("free", "1.0-1"), AnRpm("free", "2.0-1")).Install("gone-1.0", "free-1.0");

        var report = (await host.PatchAsync(("gone", "2.0-1"), ("free", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable);
        var lagging = (await host.PatchAsync(("gone", "4.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable);

        Assert.Equal(
            "no repository of this host offers gone 2.0-1 (offered: 3.0-1, 1.0-1); nothing was touched; newer versions have come out since the plan was made, and the next run "
                + "plans with them",
            report.Message);
        Assert.EndsWith("bring it up to date, the next run plans with what it has then", lagging.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("free"));
    }

    [Fact]
    public async Task A_dependency_whose_approved_version_is_gone_is_named()
    {
        using var host = NewHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1").Requires("fresh"), AnRpm("fresh", "1.1-1")).Install("app-1.0");

        var report = (await host.PatchAsync(("app", "2.0-1"), ("fresh", "1.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable);

        Assert.Contains("fresh 1.0-1 (offered: 1.1-1)", report.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FreezeMode.Strict, "2.0-1", "3.0-1", null)]
    [InlineData(FreezeMode.AtLeast, "2.0-1", "3.0-1", "3.0-1")]
    [InlineData(FreezeMode.None, "2.0-1", "1.5-1", "1.5-1")]
    [InlineData(FreezeMode.AtLeast, "2.0-1", "1.5-1", null)]
    public async Task What_is_installed_where_a_planned_version_is_not_offered_is_up_to_the_freeze(FreezeMode freeze, string planned, string offered, string? installed)
    {
        using var host = NewHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", offered)).Install("app-1.0");

        var report = (await host.RunAsync(DnfHost.Request(AgentStep.Patch, ("app", planned)) with { Freeze = freeze })).Report;

        Assert.Equal($"{installed ?? "1.0-1"}\n", host.VersionsOf("app"));
        if (installed is null)
        {
            Assert.Equal((AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable), (report.Result, report.Reason));
            return;
        }

        Assert.Equal(AgentResult.Done, report.Result);
        Assert.Equal([new SubstitutedVersion("app", planned, installed)], report.Substituted);
    }

    [Fact]
    public async Task Verify_finds_what_is_missing_and_nothing_else()
    {
        using var host = NewHost();
        host.Offer(AnRpm("behind", "1.0-1"), AnRpm("behind", "2.0-1"), AnRpm("ahead", "3.0-1")).Install("behind-1.0", "ahead");

        var report = (await host.VerifyAsync(("behind", "2.0-1"), ("ahead", "2.0-1"), ("absent", "1.0-1")))
            .Expect(AgentResult.VerificationFailed, AgentReasons.UpdatesMissing);

        Assert.Equal([new ApprovedUpdate("behind", "2.0-1")], report.Missing);
    }

    [Fact]
    public async Task A_package_of_another_architecture_is_told_apart()
    {
        using var host = NewHost();
        if (host.Run("rpm", "--eval", "%{_target_cpu}").Trim() != "x86_64")
            return;
        host.Offer(AnRpm("lib", "1.0-1").For("x86_64"), AnRpm("lib", "2.0-1").For("x86_64"), AnRpm("lib", "1.0-1").For("i686"), AnRpm("lib", "2.0-1").For("i686"))
            .Install("lib-1.0-1.x86_64", "lib-1.0-1.i686");

        var scan = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var patch = (await host.PatchAsync(("lib", "2.0-1"), ("lib.i686", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([("lib", "2.0-1"), ("lib.i686", "2.0-1")], scan.Pending!.Select(update => (update.Name, update.Candidate)));
        Assert.Equal([new ChangedPackage("lib", "1.0-1", "2.0-1"), new ChangedPackage("lib.i686", "1.0-1", "2.0-1")], patch.Changed);
    }

    public sealed class OfDnf4 : PatchTests
    {
        private protected override DnfHost NewHost() => new Dnf4Host();
    }

    public sealed class OfDnf5 : PatchTests
    {
        private protected override DnfHost NewHost() => new Dnf5Host();
    }
}
