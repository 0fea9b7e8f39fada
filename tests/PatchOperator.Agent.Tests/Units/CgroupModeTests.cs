using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Units;

/// <summary>What the agent asks of systemd, and finds out about its units, is the same on each version of control groups, and on both at once.</summary>
public class CgroupModeTests
{
    [CgroupModeTheory]
    [InlineData(CgroupMode.Legacy)]
    [InlineData(CgroupMode.Hybrid)]
    [InlineData(CgroupMode.Unified)]
    public async Task A_host_is_patched_in_a_unit_its_services_are_restarted_and_what_does_not_run_any_more_is_found(CgroupMode mode)
    {
        using var host = new SystemdHost(mode);
        host.Main(Engine("1.0"), App("1.0", "exec sleep infinity")).Install("engine", "app").Main(Engine("2.0"), App("2.0", "exit 1"));
        foreach (var (name, line) in new[] { ("engine", "/usr/lib/engine/main infinity"), ("app", "/bin/sh /usr/lib/app/main") })
            host.WithUnit($"{name}.service", "[Service]", $"ExecStart={line}", "[Install]", "WantedBy=basic.target");
        host.Systemctl("enable", "--now", "--quiet", "engine.service", "app.service");

        (string, string)[] updates = [("engine", "2.0"), ("app", "2.0")];
        var outcome = await host.RunAsync(TestHost.Request(AgentStep.Patch, updates) with { Restarts = RestartMode.Always, CheckUnits = true });
        var verified = (await host.RunAsync(TestHost.Request(AgentStep.Verify, updates) with { CheckUnits = true }))
            .Expect(AgentResult.VerificationFailed, AgentReasons.UnitsBroken);

        var patched = outcome.Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal("2 packages changed; restarted engine.service", patched.Message);
        Assert.Contains("patchoperator-run-1-node-1-patch: starting as a unit of the host", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal("units that ran before do not run now, or have failed: app.service (failed)", verified.Message);
    }

    private static TestPackage Engine(string version) => APackage("engine", version).WithProgram("usr/lib/engine/main", "/bin/sleep");

    private static TestPackage App(string version, string line) =>
        APackage("app", version).WithFile("usr/lib/app/main", line + "\n").WithPostinst("systemctl try-restart app.service || true");
}
