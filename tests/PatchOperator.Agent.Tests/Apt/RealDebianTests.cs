using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>With Debian's own archive: a system from the main suite alone has real security updates pending. Needs the network.</summary>
public class RealDebianTests
{
    [Fact]
    public async Task All_security_updates_of_a_real_system_are_found_installed_and_verified()
    {
        using var host = new TestHost();
        host.UseSources($"deb {DebianMirror.Main} {DebianMirror.Suite} main", $"deb {DebianMirror.Security} {DebianMirror.Suite}-security main");
        File.WriteAllText(host.PathOf("etc/apt/apt.conf.d/99machine"), DebianMirror.AptConfiguration);
        File.Copy("/etc/resolv.conf", host.PathOf("etc/resolv.conf"), overwrite: true);

        var before = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        AssertAgrees(host, before);
        var security = before.Pending!.Where(update => update.Security).Select(update => (update.Name, update.Candidate)).ToArray();
        Assert.NotEmpty(security);
        Assert.Equal("UpdatesMissing", (await host.VerifyAsync(security)).Report.Reason);

        var patched = (await host.PatchAsync(security)).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(security, patched.Changed.Select(change => (change.Name, change.To)));

        var after = (await host.VerifyAsync(security)).Expect(AgentResult.Done, AgentReasons.Completed);
        AssertAgrees(host, after);
        Assert.True(after.Lists is { Complete: true, Message: null }, after.Lists?.Message);
        Assert.DoesNotContain(after.Pending!, update => update.Security);
        Assert.NotEqual(before.Installed!.PatchLevel, after.Installed!.PatchLevel);
    }

    private static void AssertAgrees(TestHost host, AgentReport report)
    {
        var upgradable = host
            .Run("apt", "list", "--upgradable")
            .Split('\n')
            .Where(line => line.Contains('/'))
            .Select(line => line.Split('/')[0])
            .Order(StringComparer.Ordinal);
        Assert.Equal(upgradable, report.Pending!.Where(update => update.Installed.Length > 0).Select(update => update.Name));
    }
}
