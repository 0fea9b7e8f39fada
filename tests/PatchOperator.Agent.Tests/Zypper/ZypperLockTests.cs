using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Zypper;

public class ZypperLockTests
{
    private const string RpmLock = "/var/lib/rpm/.rpm.lock";

    [Fact]
    public async Task A_patch_waits_for_the_process_that_zypper_names_and_goes_on_when_it_has_ended()
    {
        using var host = Host();
        using var holder = Shell.Start("tail", "-f", "/dev/null");
        host.Write("run/zypp.pid", $"{holder.Id}\n");
        using var agent = host.Start(ZypperHost.Request(AgentStep.Patch, ("plain", "2.0-1")));
        agent.WaitFor($"(process {holder.Id}) holds /run/zypp.pid");
        holder.Kill();
        await holder.WaitForExitAsync();
        (await agent.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Fact]
    public async Task A_patch_waits_for_whoever_has_rpms_lock_and_goes_on_when_it_is_free()
    {
        using var host = Host();
        using var holder = new LockHolder(host.PathOf(RpmLock));
        using var agent = host.Start(ZypperHost.Request(AgentStep.Patch, ("plain", "2.0-1")));
        agent.WaitFor($"waiting: {holder.Description} holds {RpmLock}");
        holder.Release();
        (await agent.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Theory]
    [InlineData(AgentStep.Scan)]
    [InlineData(AgentStep.Reboot)]
    public async Task Who_does_not_let_go_in_time_is_named(AgentStep step)
    {
        using var host = Host();
        using var holder = new LockHolder(host.PathOf(RpmLock));
        var report = (await host.RunAsync(ZypperHost.Request(step) with { TimeoutSeconds = 5 })).Expect(AgentResult.PreconditionFailed, AgentReasons.LockHeld);
        Assert.Equal($"{holder.Description} holds {RpmLock}, and did not release it in time", report.Message);
    }

    private static ZypperHost Host()
    {
        var host = new ZypperHost();
        host.Offer(AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1")).Install("plain=1.0-1");
        return host;
    }
}
