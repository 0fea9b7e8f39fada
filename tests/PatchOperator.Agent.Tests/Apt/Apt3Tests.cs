using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>What matters most, once more with the apt of Debian 13, which says much in other words than the one before it.</summary>
public class Apt3Tests
{
    [Fact]
    public async Task A_scan_tells_security_holds_phases_and_what_is_blocked()
    {
        using var host = new TestHost(BaseSystem.Debian13)
            .Main(
                APackage("plain", "1.0"), APackage("plain", "2.0"), APackage("urgent", "1.0"), APackage("held", "1.0"), APackage("phased", "1.0"), APackage("tied", "1.0"),
                APackage("tied", "2.0").ConflictsWith("precious"), APackage("precious", "1.0"), APackage("grown", "1.0"), APackage("grown", "2.0").DependsOn("fresh"), APackage("fresh", "1.0"))
            .Security(APackage("urgent", "1.1"), APackage("held", "1.1"))
            .Install("plain=1.0", "urgent=1.0", "held=1.0", "phased=1.0", "tied=1.0", "grown=1.0", "precious")
            .Main(APackage("phased", "1.1").WithField("Phased-Update-Percentage", "0"));
        host.Write("etc/machine-id", "00000000000000000000000000000001\n");
        host.Run("apt-mark", "hold", "held");

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.StartsWith("apt 3.", host.Run("apt-get", "--version"), StringComparison.Ordinal);
        Assert.Equal("debian-13", report.Host.OsFamily);
        Assert.Equal(
            [
                new PendingUpdate("fresh", "", "1.0", Security: false, Held: false),
                new PendingUpdate("grown", "1.0", "2.0", Security: false, Held: false),
                new PendingUpdate("held", "1.0", "1.1", Security: true, Held: true),
                new PendingUpdate("phased", "1.0", "1.1", Security: false, Held: false, "phased: its maker gives it to other hosts first") { Phased = true },
                new PendingUpdate("plain", "1.0", "2.0", Security: false, Held: false),
                new PendingUpdate("tied", "1.0", "2.0", Security: false, Held: false, "needs the removal of precious"),
                new PendingUpdate("urgent", "1.0", "1.1", Security: true, Held: false),
            ],
            report.Pending!.Select(update => update with { Removes = null }));
        Assert.Equal(["precious"], report.Pending!.Single(update => update.Name == "tied").Removes!);
    }

    [Fact]
    public async Task What_is_staged_is_installed_without_its_mirror_and_goes_back()
    {
        using var host = new TestHost(BaseSystem.Debian13)
            .Main(
                APackage("app", "1.0").WithConffile("etc/app.conf", "default 1\n"), APackage("app", "2.0").WithConffile("etc/app.conf", "default 2\n").DependsOn("fresh"),
                APackage("fresh", "1.0"), APackage("held", "1.0"), APackage("held", "2.0"));
        host.UseSources("deb [trusted=yes] copy:/archive/main ./");
        host.Install("app=1.0", "held=1.0");
        host.Run("apt-get", "clean");
        host.Run("apt-mark", "hold", "held");
        host.Write("etc/app.conf", "mine\n");
        (string, string)[] updates = [("app", "2.0"), ("fresh", "1.0"), ("held", "2.0")];

        (await host.RunAsync(RealHost.Request(AgentStep.Stage, updates))).Expect(AgentResult.Done, AgentReasons.Completed);
        host.Run("sh", "-c", "rm /archive/main/*.deb");
        var patched = (await host.RunAsync(RealHost.Request(AgentStep.Patch, updates) with { RefreshPackageLists = false, KeepReplaced = true }))
            .Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.VerifyAsync(updates)).Expect(AgentResult.Done, AgentReasons.Completed);
        var configuration = host.Read("etc/app.conf");
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("app", "1.0", "2.0"), new ChangedPackage("fresh", "", "1.0")], patched.Changed);
        Assert.Contains("on hold and left alone: held", patched.Message, StringComparison.Ordinal);
        Assert.Equal([new ChangedPackage("app", "2.0", "1.0"), new ChangedPackage("fresh", "1.0", "")], back.Changed);
        Assert.Equal(("mine\n", "mine\n", "1.0", "1.0"), (configuration, host.Read("etc/app.conf"), host.VersionOf("app"), host.VersionOf("held")));
    }

    [Fact]
    public async Task What_nobody_approved_what_is_gone_and_a_mirror_that_is_down_are_named()
    {
        using var host = new TestHost(BaseSystem.Debian13)
            .Main(APackage("app", "1.0"), APackage("app", "2.0").DependsOn("lib (>= 2)"), APackage("lib", "1.0"), APackage("lib", "2.0")).Install("app=1.0", "lib=1.0");

        var unapproved = (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);
        var gone = (await host.PatchAsync(("app", "1.5"))).Expect(AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable);
        host.UseSources("deb [trusted=yes] file:/archive/main ./", "deb [trusted=yes] http://127.0.0.1:9/debian ./");
        var down = (await host.ScanAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Contains("upgrade lib from 1.0 to 2.0", unapproved.Message, StringComparison.Ordinal);
        Assert.Contains("app=1.5 (offered: 2.0, 1.0)", gone.Message, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:9/debian", down.Message, StringComparison.Ordinal);
        Assert.Equal(("1.0", "1.0"), (host.VersionOf("app"), host.VersionOf("lib")));
    }
}
