using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>What Ubuntu's archives say of themselves, on a host that says it is one of Ubuntu's.</summary>
public class UbuntuTests
{
    private const string OsRelease = "NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"24.04\"\nVERSION_CODENAME=noble\nPRETTY_NAME=\"Ubuntu 24.04 LTS\"\n";

    // By a hash of package, version and machine-id apt gives each host a number from 0 to 100: of "phased" at 1.1 these have 10 and 85.
    private const string EarlyHost = "00000000000000000000000000000004";
    private const string LateHost = "00000000000000000000000000000010";

    [Fact]
    public async Task Security_is_what_comes_from_a_security_pocket_the_extended_ones_among_them()
    {
        using var host = Host(EarlyHost, "urgent", "plain", "infra", "apps", "behind")
            .Archive("noble-updates", "Ubuntu", "Ubuntu", "noble-updates", "noble", APackage("plain", "1.1"), APackage("urgent", "1.1"), APackage("behind", "1.2"))
            .Archive("noble-security", "Ubuntu", "Ubuntu", "noble-security", "noble", APackage("urgent", "1.1"), APackage("behind", "1.1"))
            .Archive("infra-security", "UbuntuESM", "UbuntuESM", "noble-infra-security", "noble", APackage("infra", "1.0+esm1"))
            .Archive("apps-security", "UbuntuESMApps", "UbuntuESMApps", "noble-apps-security", "noble", APackage("apps", "1.0+esm1"));

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [
                new PendingUpdate("apps", "1.0", "1.0+esm1", Security: true, Held: false),
                new PendingUpdate("behind", "1.0", "1.2", Security: true, Held: false),
                new PendingUpdate("infra", "1.0", "1.0+esm1", Security: true, Held: false),
                new PendingUpdate("plain", "1.0", "1.1", Security: false, Held: false),
                new PendingUpdate("urgent", "1.0", "1.1", Security: true, Held: false),
            ],
            report.Pending!);
        Assert.Equal("ubuntu-24.04", report.Host.OsFamily);
    }

    [Fact]
    public async Task Two_hosts_of_a_fleet_in_different_phases_end_at_the_same_version()
    {
        using var early = PhasedHost(EarlyHost);
        using var late = PhasedHost(LateHost);

        var offered = Assert.Single((await early.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed).Pending!);
        var waiting = await late.ScanAsync();
        var ignoring = await late.RunAsync(TestHost.Request(AgentStep.Scan) with { IgnorePhasing = true });
        foreach (var host in new[] { early, late })
            (await host.PatchAsync((offered.Name, offered.Candidate))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(new PendingUpdate("phased", "1.0", "1.1", Security: false, Held: false), offered);
        Assert.Equal([offered with { Blocked = "phased: its maker gives it to other hosts first", Phased = true }], waiting.Report.Pending!);
        Assert.Equal((0, 1), (waiting.Summary!.Counts.PendingTotal!.Value, waiting.Summary.Counts.Blocked!.Value));
        Assert.Equal([offered], ignoring.Report.Pending!);
        Assert.Equal(("1.1", "1.1"), (early.VersionOf("phased"), late.VersionOf("phased")));
        (await late.VerifyAsync((offered.Name, offered.Candidate))).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    private static TestHost PhasedHost(string machineId) => Host(machineId, "phased")
        .Archive("noble-updates", "Ubuntu", "Ubuntu", "noble-updates", "noble", APackage("phased", "1.1").WithField("Phased-Update-Percentage", "50"));

    /// <summary>With the packages at 1.0, as they were released.</summary>
    private static TestHost Host(string machineId, params string[] installed)
    {
        var host = new TestHost();
        File.Delete(host.PathOf("etc/os-release"));
        host.Write("etc/os-release", OsRelease);
        host.Write("etc/machine-id", machineId + "\n");
        host.UseSources();
        return host.Archive("noble", "Ubuntu", "Ubuntu", "noble", "noble", [.. installed.Select(name => APackage(name, "1.0"))]).Install(installed);
    }
}
