using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>What an archive has above what is installed, and <c>apt-get upgrade</c> would not install, is named with the reason.</summary>
public class BlockedUpdateTests
{
    [Fact]
    public async Task A_fix_that_would_break_another_package_is_blocked_by_it()
    {
        using var host = new TestHost()
            .Main(APackage("libfoo", "1.0"), APackage("oldapp", "1.0").DependsOn("libfoo (<< 2)"))
            .Security(APackage("libfoo", "2.0"))
            .Install("libfoo=1.0", "oldapp");

        await ExpectAsync(host, Blocked("libfoo", "1.0", "2.0", "would break oldapp", security: true));
    }

    [Fact]
    public async Task A_fix_that_comes_as_a_new_package_which_conflicts_with_the_old_one_is_blocked_by_that()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0").DependsOn("libbar1"), APackage("libbar1", "1.0"))
            .Security(APackage("app", "1.1").DependsOn("libbar2"), APackage("libbar2", "1.0").ConflictsWith("libbar1 (<< 9)"))
            .Install("app=1.0");

        await ExpectAsync(
            host,
            Blocked("app", "1.0", "1.1", "needs the removal of libbar1", security: true),
            Blocked("libbar2", "", "1.0", "needs the removal of libbar1", security: true));
    }

    [Fact]
    public async Task A_fix_that_a_preferred_release_hides_is_blocked_by_the_preference()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"))
            .Security(APackage("app", "1.1"))
            .Install("app=1.0")
            .Configure("apt.conf.d/99test", "APT::Default-Release \"stable\";\n");

        await ExpectAsync(host, Blocked("app", "1.0", "1.1", "APT::Default-Release prefers stable", security: true));
    }

    [Fact]
    public async Task A_fix_hidden_behind_an_update_that_would_be_installed_is_named_beside_it()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "1.1")).Security(APackage("app", "1.2"))
            .Install("app=1.0").Configure("apt.conf.d/99test", "APT::Default-Release \"stable\";\n");

        await ExpectAsync(
            host,
            new PendingUpdate("app", "1.0", "1.1", Security: false, Held: false),
            Blocked("app", "1.0", "1.2", "APT::Default-Release prefers stable", security: true));
    }

    [Theory]
    [InlineData("Package: app\nPin: version 1.0\nPin-Priority: 990\n", "pinned at 1.0")]
    [InlineData("Package: app\nPin: version 1.1\nPin-Priority: -1\n", "pinned at -1")]
    [InlineData("Package: app\nPin: version 1.1\nPin-Priority: 50\n", "pinned at 50")]
    [InlineData("Package: *\nPin: release l=Debian-Security\nPin-Priority: 400\n", "its archive has priority 400, below the 500 of 1.0")]
    [InlineData("Package: app\nPin: version *\nPin-Priority: -1\n", "pinned so that no version may be installed")]
    public async Task A_fix_that_a_pin_hides_is_blocked_by_the_pin(string preferences, string why)
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"))
            .Security(APackage("app", "1.1"))
            .Install("app=1.0")
            .Configure("preferences.d/test", preferences);

        await ExpectAsync(host, Blocked("app", "1.0", "1.1", why, security: true));
    }

    [Fact]
    public async Task What_cannot_be_met_and_what_is_tied_to_a_hold_says_so()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("tied", "1.0"), APackage("lib", "1.0"), APackage("lib", "2.0"), APackage("plain", "1.0"))
            .Security(APackage("app", "1.1").DependsOn("nowhere (>= 3)"), APackage("tied", "1.1").DependsOn("lib (>= 2.0)"))
            .Main(APackage("plain", "2.0").ConflictsWith("precious"), APackage("precious", "1.0"))
            .Install("app=1.0", "tied=1.0", "lib=1.0", "plain=1.0", "precious");
        host.Run("apt-mark", "hold", "lib");

        await ExpectAsync(
            host,
            Blocked("app", "1.0", "1.1", "cannot be met: app : Depends: nowhere (>= 3) but it is not installable", security: true),
            new PendingUpdate("lib", "1.0", "2.0", Security: false, Held: true),
            Blocked("plain", "1.0", "2.0", "needs the removal of precious", security: false),
            Blocked("tied", "1.0", "1.1", "cannot be met: tied : Depends: lib (>= 2.0) but 1.0 is to be installed; lib is on hold", security: true));
    }

    [Fact]
    public async Task An_archive_that_only_fills_gaps_blocks_nothing()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0")).Vendor(APackage("app", "2.0"))
            .Install("app=1.0").Configure("preferences.d/test", "Package: *\nPin: release l=tools\nPin-Priority: 100\n");

        await ExpectAsync(host);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true, "origin=Vendor?*")]
    [InlineData(true, "origin=Nobody", "label=t*s,suite=any")]
    [InlineData(false, "label=tools,suite=other")]
    [InlineData(false, "site=packages.example.com")]
    public async Task An_archive_that_the_policy_names_counts_as_security(bool security, params string[] sources)
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("tool", "1.0"), APackage("tool", "1.1"))
            .Vendor(APackage("app", "1.1"))
            .Install("app=1.0", "tool=1.0");

        var report =
            (await host.RunAsync(TestHost.Request(AgentStep.Scan) with { SecuritySources = sources })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [new PendingUpdate("app", "1.0", "1.1", security, Held: false), new PendingUpdate("tool", "1.0", "1.1", Security: false, Held: false)],
            report.Pending!);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "needs the new package libnew")]
    public async Task An_update_that_needs_a_new_package_is_blocked_where_none_may_come(bool allowed, string? blocked)
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "1.1").DependsOn("libnew"), APackage("libnew", "1.0"))
            .Install("app=1.0");

        var report =
            (await host.RunAsync(TestHost.Request(AgentStep.Scan) with { AllowNewPackages = allowed })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(blocked, report.Pending!.Single(update => update.Name == "app").Blocked);
        Assert.Equal(allowed, report.Pending!.Any(update => update.Name == "libnew"));
    }

    [Fact]
    public async Task A_lower_version_that_a_pin_prefers_is_no_update_for_scan_patch_and_verify()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "2.0"), APackage("other", "1.0"), APackage("other", "2.0")).Security(APackage("other", "3.0"))
            .Install("app=2.0", "other=2.0").Configure("preferences.d/test", "Package: app other\nPin: version 1.0\nPin-Priority: 1001\n");

        await ExpectAsync(
            host,
            Blocked("app", "2.0", "1.0", "pin prefers the older 1.0", security: false),
            Blocked("other", "2.0", "3.0", "pin prefers the older 1.0", security: true));

        (await host.PatchAsync(("app", "1.0"))).Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo);
        (await host.VerifyAsync(("app", "1.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal("2.0", host.VersionOf("app"));
        Assert.Contains(
            "missing: app 2.1 (installed: 2.0)",
            (await host.VerifyAsync(("app", "2.1"))).Expect(AgentResult.VerificationFailed, AgentReasons.UpdatesMissing).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_dpkg_does_not_take_is_blocked_and_stops_no_other()
    {
        using var host = new TestHost()
            .Main(APackage("odd", "1.0"), APackage("app", "1.0")).Vendor(APackage("odd", "v1.1")).Security(APackage("app", "1.1"))
            .Install("odd=1.0", "app=1.0");

        await ExpectAsync(
            host,
            new PendingUpdate("app", "1.0", "1.1", Security: true, Held: false),
            Blocked("odd", "1.0", "v1.1", "version v1.1 is not one that dpkg takes", security: false));

        var patched = (await host.PatchAsync(("odd", "v1.1"), ("app", "1.1"), ("-o=evil", "1;reboot")))
            .Expect(AgentResult.PackageManagerFailed, AgentReasons.InvalidRequest);
        Assert.Equal([new ChangedPackage("app", "1.0", "1.1")], patched.Changed);
        Assert.Equal("1 packages changed; not to be named to the package manager and left alone: odd", patched.Message);
        (await host.PatchAsync(("odd", "v1.1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.InvalidRequest);
        Assert.Equal(
            [new ApprovedUpdate("odd", "v1.1")],
            (await host.VerifyAsync(("odd", "v1.1"), ("app", "1.1"))).Expect(AgentResult.VerificationFailed, AgentReasons.UpdatesMissing).Missing);
        (await host.PatchAsync(("app", "1.1"))).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    private static PendingUpdate Blocked(string name, string installed, string candidate, string why, bool security) =>
        new(name, installed, candidate, security, Held: false, why);

    private static async Task ExpectAsync(TestHost host, params PendingUpdate[] expected)
    {
        var outcome = await host.ScanAsync();
        var report = outcome.Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(expected, report.Pending!.Select(update => update with { Removes = null }));
        Assert.Equal(
            (
                expected.Count(update => update.Installable),
                expected.Count(update => update.Blocked is not null),
                expected.Count(update => update is { Blocked: not null, Security: true })),
            (outcome.Summary!.Counts.PendingTotal!.Value, outcome.Summary.Counts.Blocked!.Value, outcome.Summary.Counts.BlockedSecurity!.Value));
    }
}
