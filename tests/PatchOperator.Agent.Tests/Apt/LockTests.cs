using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

public class LockTests
{
    [Theory]
    [InlineData("/var/lib/dpkg/lock-frontend")]
    [InlineData("/var/lib/dpkg/lock")]
    [InlineData("/var/cache/apt/archives/lock")]
    [InlineData("/var/lib/apt/lists/lock")]
    public async Task A_patch_waits_for_whoever_has_a_lock_and_goes_on_when_it_is_free(string file)
    {
        using var host = new TestHost().Main(APackage("plain", "1.0"), APackage("plain", "2.0")).Install("plain=1.0");
        using var holder = new LockHolder(host.PathOf(file));
        using var agent = host.Start(TestHost.Request(AgentStep.Patch, ("plain", "2.0")));

        agent.WaitFor($"waiting: {holder.Description} holds {file}");
        holder.Release();

        (await agent.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Theory]
    [InlineData(AgentStep.Patch, "/var/lib/dpkg/lock-frontend")]
    [InlineData(AgentStep.Scan, "/var/lib/apt/lists/lock")]
    [InlineData(AgentStep.Reboot, "/var/lib/dpkg/lock")]
    public async Task Who_does_not_let_go_in_time_is_named(AgentStep step, string file)
    {
        using var host = new TestHost().Main(APackage("plain", "1.0"), APackage("plain", "2.0")).Install("plain=1.0");
        using var holder = new LockHolder(host.PathOf(file));

        var report = (await host.RunAsync(TestHost.Request(step, ("plain", "2.0")) with { TimeoutSeconds = 15 }))
            .Expect(AgentResult.PreconditionFailed, AgentReasons.LockHeld);

        Assert.Equal($"{holder.Description} holds {file}, and did not release it in time", report.Message);
        Assert.Empty(report.Changed);
    }
}
