using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

public abstract class ScanTests
{
    private protected abstract DnfHost NewHost();

    [Fact]
    public async Task Tells_security_with_its_advisories_from_other_updates_and_holds_from_both()
    {
        var (urgent, overtaken, held) = (AnRpm("urgent", "1:1.1-1.el9"), AnRpm("overtaken", "2.0-1"), AnRpm("held", "1.1-1"));
        using var host = NewHost();
        host.Offer(
                AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1"), AnRpm("urgent", "1:1.0-1.el9"), urgent, AnRpm("overtaken", "1.0-1"), overtaken, AnRpm("overtaken", "3.0-1"),
                AnRpm("held", "1.0-1"), held)
            .Advise(
                RpmAdvisory.Security("TEST-2026:1", "Moderate", "CVE-2026-1", urgent, overtaken),
                RpmAdvisory.Security("TEST-2026:2", "Critical", "CVE-2026-2", urgent),
                RpmAdvisory.Security("TEST-2026:3", "Important", "CVE-2026-3", held),
                new RpmAdvisory("TEST-2026:4", "bugfix", "", [], AnRpm("plain", "2.0-1")))
            .Install("plain-1.0", "urgent-1.0", "overtaken-1.0", "held-1.0");
        host.Dnf("versionlock", "add", "held");

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [
                ("held", "1.0-1", "1.1-1", true, true, Severity.Important, "TEST-2026:3"),
                ("overtaken", "1.0-1", "3.0-1", true, false, Severity.Moderate, "TEST-2026:1"),
                ("plain", "1.0-1", "2.0-1", false, false, null, "TEST-2026:4"),
                ("urgent", "1:1.0-1.el9", "1:1.1-1.el9", true, false, Severity.Critical, "TEST-2026:1 TEST-2026:2"),
            ],
            report.Pending!.Select(update => (
                update.Name, update.Installed, update.Candidate, update.Security, update.Held, update.Severity, string.Join(' ', update.Advisories ?? []))));
        Assert.All(report.Pending!, update => Assert.Null(update.Blocked));
        Assert.Equal(
            [
                ("TEST-2026:1", Severity.Moderate, "CVE-2026-1"), ("TEST-2026:2", Severity.Critical, "CVE-2026-2"), ("TEST-2026:3", Severity.Important, "CVE-2026-3"),
                ("TEST-2026:4", (Severity?)null, ""),
            ],
            report.Advisories.Select(advisory => (advisory.Id, advisory.Severity, string.Join(' ', advisory.Cves))));
        Assert.Equal((host.OsFamily, "dnf", host.Run("rpm", "--eval", "%{_target_cpu}").Trim()), (report.Host.OsFamily, report.Host.PackageManager, report.Host.Architecture));
        Assert.Equal((true, null), (report.Lists!.Complete, report.Lists.Message));
        Assert.Equal(5, report.Installed!.Packages);
        Assert.False(report.Reboot!.Required);
    }

    [Fact]
    public async Task What_a_security_update_needs_is_security_too()
    {
        var app = AnRpm("app", "1.1-1").Requires("lib >= 2.0").Requires("fresh");
        using var host = NewHost();
        host.Offer(
                AnRpm("app", "1.0-1"), app, AnRpm("lib", "1.0-1"), AnRpm("lib", "2.0-1"), AnRpm("fresh", "1.0-1"), AnRpm("other", "1.0-1"),
                AnRpm("other", "2.0-1").Requires("unrelated"), AnRpm("unrelated", "1.0-1"))
            .Advise(RpmAdvisory.Security("TEST-2026:1", "Low", "CVE-2026-1", app))
            .Install("app-1.0", "lib-1.0", "other-1.0");

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [("app", "1.0-1", true), ("fresh", "", true), ("lib", "1.0-1", true), ("other", "1.0-1", false), ("unrelated", "", false)],
            report.Pending!.Select(update => (update.Name, update.Installed, update.Security)));
    }

    [Fact]
    public async Task What_would_not_be_installed_is_blocked_with_the_reason()
    {
        using var host = NewHost();
        host.Offer(
                AnRpm("lonely", "1.0-1"), AnRpm("lonely", "2.0-1").Requires("nowhere"), AnRpm("clashes", "1.0-1"), AnRpm("clashes", "2.0-1").Conflicts("precious"),
                AnRpm("precious", "1.0-1"), AnRpm("excluded", "1.0-1"), AnRpm("excluded", "2.0-1"), AnRpm("unwanted", "1.0-1"), AnRpm("unwanted", "2.0-1"),
                AnRpm("partly", "1.0-1"), AnRpm("partly", "1.1-1"), AnRpm("partly", "2.0-1").Requires("nowhere"))
            .Advise(RpmAdvisory.Security("TEST-2026:1", "Low", "CVE-2026-1", AnRpm("excluded", "2.0-1")))
            .Install("lonely-1.0", "clashes-1.0", "precious", "excluded-1.0", "unwanted-1.0", "partly-1.0");
        host.Configure("excludepkgs=excluded");
        host.Dnf("versionlock", "exclude", "unwanted-2.0");

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [
                ("clashes", "2.0-1", "cannot be met: …"),
                ("excluded", "2.0-1", "excluded by the host's configuration of dnf (excludepkgs or includepkgs)"),
                ("lonely", "2.0-1", "cannot be met: …"),
                ("partly", "1.1-1", null),
                ("unwanted", "2.0-1", "excluded by a version lock, or by the priority of its repository"),
            ],
            report.Pending!.Select(update => (update.Name, update.Candidate, update.Blocked?.StartsWith("cannot be met: ", StringComparison.Ordinal) == true ? "cannot be met: …" : update.Blocked)));
        Assert.Contains("conflicts with precious provided by", report.Pending!.Single(update => update.Name == "clashes").Blocked, StringComparison.Ordinal);
        Assert.Contains("nothing provides nowhere needed by lonely-2.0-1.noarch", report.Pending!.Single(update => update.Name == "lonely").Blocked, StringComparison.Ordinal);
        Assert.Equal(["excluded"], report.Pending!.Where(update => update.Security).Select(update => update.Name));
    }

    [Fact]
    public async Task Of_modules_only_what_an_enabled_stream_has_is_offered()
    {
        using var host = NewHost();
        host.Offer(AnRpm("tool", "1.0-1")).Install("tool");
        host.Offer(AnRpm("tool", "2.0-1"));
        host.PublishModule("tool", "2", "tool-0:2.0-1.noarch");

        var before = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        host.Dnf("--assumeyes", "module", "enable", "tool:2");
        var after = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Empty(before.Pending!);
        Assert.Equal([("tool", "2.0-1", (string?)null)], after.Pending!.Select(update => (update.Name, update.Candidate, update.Blocked)));
    }

    [Fact]
    public async Task A_repository_can_be_named_as_a_source_of_security()
    {
        using var host = NewHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1")).Install("app-1.0");

        var report = (await host.RunAsync(DnfHost.Request(AgentStep.Scan) with { SecuritySources = ["label=the repository t?st"] })).Report;

        Assert.True(Assert.Single(report.Pending!).Security);
    }

    [Fact]
    public async Task A_repository_that_is_down_is_named_although_the_host_would_do_without_it()
    {
        using var host = NewHost();
        host.AddRepository("down", "http://127.0.0.1:9/down", "skip_if_unavailable=1\nretries=1");

        var report = (await host.ScanAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Contains("down", report.Message, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:9/down", report.Message, StringComparison.Ordinal);
        Assert.Null(report.Pending);
    }

    [Fact]
    public async Task Without_a_refresh_nothing_is_fetched_and_what_was_never_fetched_is_named()
    {
        using var host = NewHost();
        host.Offer(AnRpm("plain", "1.0-1")).Install("plain").Offer(AnRpm("plain", "2.0-1"));
        var request = DnfHost.Request(AgentStep.Scan) with { RefreshPackageLists = false };

        var stale = (await host.RunAsync(request)).Expect(AgentResult.Done, AgentReasons.Completed);
        host.AddRepository("unread", "http://127.0.0.1:9/unread", "");
        var partial = (await host.RunAsync(request)).Expect(AgentResult.Done, AgentReasons.Completed);
        File.Delete(host.PathOf("/etc/yum.repos.d/test.repo"));
        File.Delete(host.PathOf("/etc/yum.repos.d/unread.repo"));
        var nothing = (await host.RunAsync(request)).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Empty(stale.Pending!);
        Assert.True(stale.Lists!.Complete);
        Assert.InRange(stale.Lists.RefreshedAt!.Value, stale.StartedAt.AddMinutes(-10), stale.FinishedAt);
        Assert.Equal((false, "the host has no metadata of unread: dnf makecache has not fetched it"), (partial.Lists!.Complete, partial.Lists.Message));
        Assert.Equal((false, "no repository of packages is enabled on the host: the files in /etc/yum.repos.d name none"), (nothing.Lists!.Complete, nothing.Lists.Message));
    }

    [Fact]
    public async Task The_hosts_own_configuration_changes_nothing_that_is_read()
    {
        using var host = NewHost();
        host.Offer(AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1")).Install("plain-1.0");
        host.Misconfigure();

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var patched = (await host.PatchAsync(("plain", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new PendingUpdate("plain", "1.0-1", "2.0-1", Security: false, Held: false)], report.Pending!);
        Assert.Equal([new ChangedPackage("plain", "1.0-1", "2.0-1")], patched.Changed);
    }

    public sealed class OfDnf4 : ScanTests
    {
        private protected override DnfHost NewHost() => new Dnf4Host();
    }

    public sealed class OfDnf5 : ScanTests
    {
        private protected override DnfHost NewHost() => new Dnf5Host();
    }
}
