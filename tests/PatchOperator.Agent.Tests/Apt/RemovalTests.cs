using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>What cannot be installed beside another package is, where that may go; nothing else goes.</summary>
public class RemovalTests
{
    private static readonly ApprovedUpdate Fix = new("libfoo", "2.0") { Removes = ["oldapp"] };

    [Fact]
    public async Task A_fix_says_what_would_have_to_go_for_it_and_takes_it_away_and_back()
    {
        using var host = Behind(APackage("oldapp", "1.0").DependsOn("libfoo (<< 2)").WithConffile("etc/oldapp.conf", "default\n"));
        host.Run("apt-mark", "auto", "oldapp");
        host.Write("etc/oldapp.conf", "mine\n");

        var scanned = await ScanAsync(host);
        var unasked = (await host.PatchAsync(("libfoo", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);
        var patched = (await host.RunAsync(Request(Fix) with { KeepReplaced = true })).Expect(AgentResult.Done, AgentReasons.Completed);
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["libfoo 1.0 2.0 security, would break oldapp: oldapp"], scanned);
        Assert.Equal("to install the approved updates apt would also remove oldapp; nothing was touched", unasked.Message);
        Assert.Equal([new ChangedPackage("libfoo", "1.0", "2.0"), new ChangedPackage("oldapp", "1.0", "")], patched.Changed);
        Assert.Equal(2, patched.Kept!.Packages);
        Assert.Equal([new ChangedPackage("libfoo", "2.0", "1.0"), new ChangedPackage("oldapp", "", "1.0")], back.Changed);
        Assert.Equal("2 packages changed, all is as it was before", back.Message);
        Assert.Equal(("oldapp", "mine\n"), (host.Run("apt-mark", "showauto").Trim(), host.Read("etc/oldapp.conf")));
    }

    [Fact]
    public async Task Where_more_would_go_than_was_approved_nothing_is_touched()
    {
        using var host = Behind(APackage("oldapp", "1.0").DependsOn("libfoo (<< 2)"), APackage("plugin", "1.0").DependsOn("oldapp"));

        var report = (await host.RunAsync(Request(Fix))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);

        Assert.Equal(["libfoo 1.0 2.0 security, would break plugin, oldapp: oldapp plugin"], await ScanAsync(host));
        Assert.Equal("to install the approved updates apt would also remove plugin; nothing was touched", report.Message);
        Assert.Equal(("1.0", "1.0"), (host.VersionOf("libfoo"), host.VersionOf("oldapp")));
    }

    [Fact]
    public async Task What_would_go_is_looked_at_again_once_whoever_had_the_lock_is_done()
    {
        using var host = Behind(APackage("oldapp", "1.0").DependsOn("libfoo (<< 2)")).Main(APackage("plugin", "1.0").DependsOn("oldapp"));
        using var agent = host.Start(Request(Fix) with { KeepReplaced = true });
        agent.WaitFor("keeping");
        using (var holder = new LockHolder(host.PathOf("/var/lib/dpkg/lock-frontend")))
        {
            agent.WaitFor($"waiting: {holder.Description}");
            host.Run("env", "DPKG_FRONTEND_LOCKED=1", "dpkg", "--install", "/archive/main/plugin_1.0_all.deb");
        }

        var report = (await agent.WaitAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);

        Assert.Equal("to install the approved updates apt would also remove plugin; nothing was touched", report.Message);
        Assert.Equal(("1.0", "1.0"), (host.VersionOf("libfoo"), host.VersionOf("plugin")));
    }

    [Fact]
    public async Task A_fix_under_another_name_that_conflicts_with_the_old_one_comes_with_all_that_belongs_to_it()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0").DependsOn("libbar1"), APackage("libbar1", "1.0"), APackage("tool", "1.0").DependsOn("libbar1"))
            .Main(APackage("tool", "1.1").DependsOn("libbar2"))
            .Security(APackage("app", "1.1").DependsOn("libbar2"), APackage("libbar2", "1.0").ConflictsWith("libbar1 (<< 9)"))
            .Install("app=1.0", "tool=1.0");

        Assert.Equal(
            [
                "app 1.0 1.1 security, needs the removal of libbar1: libbar1", "libbar2  1.0 security, needs the removal of libbar1: libbar1",
                "tool 1.0 1.1 security, needs the removal of libbar1: libbar1",
            ],
            await ScanAsync(host));
        var updates = new[] { ("app", "1.1"), ("libbar2", "1.0"), ("tool", "1.1") }.Select(update => new ApprovedUpdate(update.Item1, update.Item2) { Removes = ["libbar1"] });
        (await host.RunAsync(Request([.. updates]) with { KeepReplaced = true })).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal("libbar2", host.Run("apt-mark", "showauto").Trim());
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(4, back.Changed.Count);
        Assert.Equal(("1.0", "libbar1"), (host.VersionOf("libbar1"), host.Run("apt-mark", "showauto").Trim()));
    }

    [Fact]
    public async Task Where_no_new_package_may_come_one_that_needs_it_is_blocked_by_that()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0").DependsOn("libbar1"), APackage("libbar1", "1.0"))
            .Main(APackage("app", "1.1").DependsOn("libbar2"), APackage("libbar2", "1.0").ConflictsWith("libbar1"))
            .Install("app=1.0");

        var report = await host.RunAsync(RealHost.Request(AgentStep.Scan) with { AllowNewPackages = false });

        Assert.Equal(["app 1.0 1.1, needs the removal of libbar1, and needs the new package libbar2: "], report.Report.Pending!.Select(Describe));
    }

    [Theory]
    [InlineData("Essential")]
    [InlineData("Protected")]
    [InlineData(null)]
    public async Task What_must_stay_stays_whoever_has_approved_that_it_goes(string? field)
    {
        var oldapp = APackage("oldapp", "1.0").DependsOn("libfoo (<< 2)");
        using var host = Behind(field is null ? oldapp : oldapp.WithField(field, "yes"));
        if (field is null)
            host.Run("apt-mark", "hold", "oldapp");

        var scanned = Assert.Single(await ScanAsync(host));
        (await host.RunAsync(Request(Fix))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);

        Assert.StartsWith("libfoo 1.0 2.0 security, cannot be met: oldapp : Depends: libfoo (< 2) but 2.0 is to be installed", scanned, StringComparison.Ordinal);
        Assert.EndsWith(": ", scanned, StringComparison.Ordinal);
        Assert.Equal(("1.0", "1.0"), (host.VersionOf("libfoo"), host.VersionOf("oldapp")));
    }

    /// <summary>Whatever a version of apt that weighs otherwise would do.</summary>
    [Fact]
    public void The_agent_knows_what_is_essential_by_itself()
    {
        using var host = new TestHost().Main(APackage("shield", "1.0").WithField("Protected", "yes"), APackage("wheel", "1.0").WithField("Important", "yes"))
            .Install("shield", "wheel");

        var output = host.Run("dpkg-query", [.. AptCommands.Essential(["adduser", "dpkg", "gzip", "libc6", "shield", "wheel"]).Arguments]);

        Assert.Equal(["dpkg", "gzip", "shield", "wheel"], AptProtected.Essential(output).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_kernel_that_runs_stays_as_well()
    {
        var modules = $"linux-modules-{RunningKernel.Release}".ToLowerInvariant();
        using var host = Behind(APackage(modules, "1.0").DependsOn("libfoo (<< 2)"));

        Assert.EndsWith($"{modules} must stay: on hold, essential, or of the kernel that runs: ", Assert.Single(await ScanAsync(host)), StringComparison.Ordinal);
        var update = Fix with { Removes = [modules] };
        (await host.RunAsync(Request(update))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);
    }

    [Fact]
    public async Task What_can_be_downloaded_can_be_with_a_removal()
    {
        using var host = Behind(APackage("oldapp", "1.0").DependsOn("libfoo (<< 2)"));

        (await host.RunAsync(Request(Fix) with { Step = AgentStep.Stage })).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.RunAsync(Request(Fix with { Removes = null }) with { Step = AgentStep.Stage }))
            .Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);
    }

    private static AgentRequest Request(params ApprovedUpdate[] updates) => RealHost.Request(AgentStep.Patch) with { Updates = updates };

    /// <summary>A host with a fix that some packages have no place beside.</summary>
    private static TestHost Behind(params TestPackage[] others)
    {
        var host = new TestHost().Main(APackage("libfoo", "1.0")).Main(others);
        host.Run("apt-get", "update");
        foreach (var file in Directory.GetFiles(host.PathOf("archive/main"), "*.deb").Order(StringComparer.Ordinal))
            host.Run("apt-get", "install", "-y", $"/archive/main/{Path.GetFileName(file)}");
        return host.Security(APackage("libfoo", "2.0"));
    }

    private static async Task<List<string>> ScanAsync(TestHost host) =>
        [.. (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed).Pending!.Select(Describe)];

    private static string Describe(PendingUpdate update) =>
        $"{update.Name} {update.Installed} {update.Candidate}{(update.Security ? " security" : "")}{(update.Blocked is { } why ? $", {why}" : "")}: {string.Join(' ', update.Removes ?? [])}";
}
