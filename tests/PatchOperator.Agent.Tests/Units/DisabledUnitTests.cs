using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Units;

public class DisabledUnitTests
{
    /// <summary>As a person asks for days after the turn, in which others have worked on the host.</summary>
    [Fact]
    public async Task A_rollback_starts_what_has_failed_since_and_leaves_alone_what_somebody_has_disabled()
    {
        using var host = new SystemdHost();
        host.Main(APackage("tool", "1.0")).Install("tool").Main(APackage("tool", "2.0"));
        foreach (var name in new[] { "app", "web" })
            host.WithUnit($"{name}.service", "[Service]", "ExecStart=/bin/sleep infinity", "[Install]", "WantedBy=basic.target");
        host.Systemctl("enable", "--now", "--quiet", "app.service", "web.service");
        (await host.RunAsync(TestHost.Request(AgentStep.Patch, ("tool", "2.0")) with { KeepReplaced = true, CheckUnits = true })).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.RunAsync(TestHost.Request(AgentStep.Verify, ("tool", "2.0")) with { CheckUnits = true })).Expect(AgentResult.Done, AgentReasons.Completed);

        await host.FailAsync("app.service");
        await host.FailAsync("web.service");
        host.Systemctl("disable", "--quiet", "web.service");
        var report = (await host.RunAsync(TestHost.Request(AgentStep.Rollback) with { CheckUnits = true })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("1 packages changed, all is as it was before; left alone, as somebody has disabled them since it was verified: web.service (failed)", report.Message);
        Assert.Equal("active\n\nfailed\n", host.Systemctl("show", "--value", "--property=ActiveState", "app.service", "web.service"));
    }
}
