using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmAdvisory;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Zypper;

public class ZypperScanTests
{
    [Theory]
    [InlineData(ZypperHost.Sles, "sles-15.6")]
    [InlineData(ZypperHost.Leap, "opensuse-leap-15.6")]
    public async Task Tells_security_from_other_updates_with_what_is_mended_and_holds_from_both(string osRelease, string family)
    {
        var (urgent, worse, fine) = (AnRpm("urgent", "1:1.1-1"), AnRpm("urgent", "1:1.2-1"), AnRpm("plain", "2.0-1"));
        using var host = new ZypperHost(osRelease);
        host.Offer(AnRpm("plain", "1.0-1"), fine, AnRpm("urgent", "1.0-1"), urgent, worse, AnRpm("held", "1.0-1"), AnRpm("held", "1.1-1"))
            .Install("plain=1.0-1", "urgent=1.0-1", "held=1.0-1")
            .Advise(
                Security("TEST-2026:1", "moderate", "CVE-2026-1", urgent), Security("TEST-2026:2", "critical", "CVE-2026-2", worse),
                Security("TEST-2026:3", "low", "CVE-2026-3", AnRpm("urgent", "1:9.0-1")), new RpmAdvisory("TEST-2026:4", "recommended", "important", [], fine));
        host.Lock("he*");
        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(["held 1.0-1 1.1-1 held", "plain 1.0-1 2.0-1", "urgent 1.0-1 1:1.2-1 security"], report.Pending!.Select(Describe));
        Assert.Equal([null, null, Severity.Critical], report.Pending!.Select(update => update.Severity));
        Assert.Equal([null, "TEST-2026:4", "TEST-2026:1 TEST-2026:2"], report.Pending!.Select(update => update.Advisories is { } ids ? string.Join(' ', ids) : null));
        Assert.Equal(
            ["TEST-2026:1 Moderate CVE-2026-1", "TEST-2026:2 Critical CVE-2026-2", "TEST-2026:4 Important "],
            report.Advisories.Select(advisory => $"{advisory.Id} {advisory.Severity} {string.Join(' ', advisory.Cves)}"));
        Assert.Equal((family, "zypper", host.Run("rpm", "--eval", "%{_target_cpu}").Trim()), (report.Host.OsFamily, report.Host.PackageManager, report.Host.Architecture));
        Assert.True(report.Lists!.Complete);
        Assert.InRange(report.Lists.RefreshedAt!.Value, report.StartedAt.AddSeconds(-1), report.FinishedAt);
        Assert.False(report.Reboot!.Required);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_packed_so_that_only_the_host_can_unpack_it_is_unpacked_there_or_named(bool hasProgram)
    {
        var fix = AnRpm("app", "1.1-1");
        using var host = new ZypperHost();
        host.Offer(AnRpm("app", "1.0-1"), fix).Install("app=1.0-1").Advise(Security("TEST-2026:1", "important", "CVE-2026-1", fix));
        Shell.Run("modifyrepo_c", "--compress-type=xz", "--mdtype=updateinfo", host.PathOf("updateinfo.xml"), host.PathOf("repository/repodata"));
        if (hasProgram)
            File.Copy("/usr/bin/xz", host.PathOf("usr/bin/xz"));
        var report = (await host.ScanAsync()).Report;
        if (hasProgram)
            Assert.Equal(["TEST-2026:1"], report.Pending!.Single().Advisories);
        else
            Assert.StartsWith("the notices of repository test cannot be read (xz failed", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_security_update_needs_is_security_too()
    {
        var fix = AnRpm("app", "1.1-1").Requires("lib >= 2.0").Requires("fresh");
        using var host = new ZypperHost();
        host.Offer(
                AnRpm("app", "1.0-1"), fix, AnRpm("lib", "1.0-1"), AnRpm("lib", "2.0-1"), AnRpm("fresh", "1.0-1"),
                AnRpm("other", "1.0-1"), AnRpm("other", "2.0-1").Requires("unrelated"), AnRpm("unrelated", "1.0-1"))
            .Install("app=1.0-1", "lib=1.0-1", "other=1.0-1")
            .Advise(Security("TEST-2026:1", "important", "CVE-2026-1", fix));
        Assert.Equal(
            ["app 1.0-1 1.1-1 security", "fresh  1.0-1 security", "lib 1.0-1 2.0-1 security", "other 1.0-1 2.0-1", "unrelated  1.0-1"], await PendingAsync(host));
    }

    [Fact]
    public async Task What_zypper_would_not_install_is_named_with_the_reason()
    {
        using var host = new ZypperHost();
        host.Offer(
                AnRpm("lib", "1.0-1"), AnRpm("lib", "2.0-1"), AnRpm("old", "1.0-1").Requires("lib < 2"),
                AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1").Conflicts("precious"), AnRpm("precious", "1.0-1"),
                AnRpm("needy", "1.0-1"), AnRpm("needy", "1.1-1"), AnRpm("needy", "1.2-1").Requires("nowhere >= 3"),
                AnRpm("base", "1.0-1"), AnRpm("base", "2.0-1"), AnRpm("tied", "1.0-1"), AnRpm("tied", "1.1-1").Requires("base >= 2"),
                AnRpm("barred", "1.0-1"), AnRpm("barred", "1.1-1"))
            .Install("lib=1.0-1", "old", "app=1.0-1", "precious", "needy=1.0-1", "base=1.0-1", "tied=1.0-1", "barred=1.0-1");
        host.Lock("base").Lock("barred > 1.0");
        Assert.Equal(
            [
                "app 1.0-1 2.0-1 blocked: needs the removal of precious: app-2.0-1.noarch conflicts with precious provided by precious-1.0-1.noarch",
                "barred 1.0-1 1.1-1 blocked: a lock of zypper's keeps 1.1-1 out",
                "base 1.0-1 2.0-1 held",
                "lib 1.0-1 2.0-1 blocked: needs the removal of old: old-1.0-1.noarch requires lib < 2, but this requirement cannot be provided",
                "needy 1.0-1 1.1-1",
                "needy 1.0-1 1.2-1 blocked: cannot be met: nothing provides nowhere >= 3 needed by needy-1.2-1.noarch",
            ],
            (await PendingAsync(host)).Where(line => !line.StartsWith("tied ", StringComparison.Ordinal)));
        Assert.Matches("^tied 1.0-1 1.1-1 blocked: cannot be met: .*; base is on hold$", Assert.Single(await PendingAsync(host), line => line.StartsWith("tied ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Another_vendors_package_is_no_update_and_one_of_a_less_preferred_repository_only_where_it_mends_something()
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("app", "1.0-1").WithField("Vendor", "A"), AnRpm("app", "1.1-1").WithField("Vendor", "B"), AnRpm("tool", "1.0-1"), AnRpm("cure", "1.0-1"))
            .Install("app=1.0-1", "tool", "cure");
        host.OfferElsewhere("extras", 120, AnRpm("tool", "2.0-1"));
        host.OfferElsewhere("fixes", 110, AnRpm("cure", "1.1-1"));
        var report = (await host.RunAsync(ZypperHost.Request(AgentStep.Scan) with { SecuritySources = ["label=fix*"] })).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(
            [
                "app 1.0-1 1.1-1 blocked: would change the vendor of app, which zypper does not do by itself",
                "cure 1.0-1 1.1-1 security blocked: its repository fixes has priority 110, and test with 99 is preferred",
            ],
            report.Pending!.Select(Describe));
    }

    [Theory]
    [InlineData(true, "label=tes?")]
    [InlineData(true, "label=other", "label=test")]
    [InlineData(false, "label=test,suite=stable")]
    [InlineData(false, "site=packages.example.com")]
    public async Task A_repository_that_the_policy_names_counts_as_security(bool security, params string[] sources)
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "1.1-1")).Install("app=1.0-1");
        var report = (await host.RunAsync(ZypperHost.Request(AgentStep.Scan) with { SecuritySources = sources })).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal([new PendingUpdate("app", "1.0-1", "1.1-1", security, Held: false)], report.Pending!);
    }

    [Fact]
    public async Task Kernels_come_beside_each_other_and_a_foreign_architecture_is_part_of_the_name()
    {
        using var host = new ZypperHost();
        host.Offer(Kernel("6.4.0-1"), Kernel("6.4.0-2"), AnRpm("lib", "1.0-1").For("i686"), AnRpm("lib", "1.1-1").For("i686"), AnRpm("lib", "1.1-1").For("x86_64"))
            .Install("kernel-default=6.4.0-1", "lib.i686=1.0-1");
        Assert.Equal(["kernel-default 6.4.0-1 6.4.0-2", "lib.i686 1.0-1 1.1-1"], await PendingAsync(host));
        (await host.PatchAsync(("kernel-default", "6.4.0-2"), ("lib.i686", "1.1-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(("6.4.0-1\n6.4.0-2\n", "1.1-1\n"), (host.VersionsOf("kernel-default"), host.VersionsOf("lib.i686")));
        Assert.Empty(await PendingAsync(host));
    }

    [Fact]
    public async Task A_repository_that_cannot_be_read_is_named()
    {
        using var host = new ZypperHost();
        host.WriteRepository("broken", "http://127.0.0.1:9/packages", "skip_if_unavailable=1\n");
        var report = (await host.ScanAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);
        Assert.Contains("Repository 'broken' is invalid", report.Message, StringComparison.Ordinal);
        Assert.Null(report.Pending);
    }

    [Fact]
    public async Task Without_repositories_or_what_they_offer_nothing_pending_means_nothing()
    {
        using var host = new ZypperHost();
        host.WriteRepository("broken", "dir:/nowhere");
        var request = ZypperHost.Request(AgentStep.Scan) with { RefreshPackageLists = false };
        var unread = (await host.RunAsync(request)).Expect(AgentResult.Done, AgentReasons.Completed);
        Directory.Delete(host.PathOf("etc/zypp/repos.d"), recursive: true);
        var none = (await host.RunAsync(request)).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal((false, "zypper has not fetched what broken offers: zypper refresh does, or says why not"), (unread.Lists!.Complete, unread.Lists.Message));
        Assert.Equal((false, "no repository is enabled on the host: /etc/zypp/repos.d names none"), (none.Lists!.Complete, none.Lists.Message));
    }

    [Fact]
    public async Task A_package_that_was_renamed_is_a_new_package_that_mends_what_the_old_one_had()
    {
        var renamed = AnRpm("newname", "1.0-1").Obsoletes("oldname < 1.1").Provides("oldname = 1.1");
        using var host = new ZypperHost();
        host.Offer(AnRpm("oldname", "1.0-1"), renamed).Install("oldname").Advise(Security("TEST-2026:1", "important", "CVE-2026-1", renamed));
        Assert.Equal(["newname  1.0-1 security"], await PendingAsync(host));
    }

    internal static RpmPackage Kernel(string version) =>
        AnRpm("kernel-default", version).SideBySide().For("x86_64").Provides($"kernel = {version}").Provides("multiversion(kernel)")
            .WithFile($"/boot/vmlinuz-{version}-default", [1]);

    private static async Task<IEnumerable<string>> PendingAsync(ZypperHost host) =>
        (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed).Pending!.Select(Describe);

    private static string Describe(PendingUpdate update) =>
        $"{update.Name} {update.Installed} {update.Candidate}{(update.Security ? " security" : "")}{(update.Held ? " held" : "")}{(update.Blocked is { } why ? $" blocked: {why}" : "")}";
}
