using System.Globalization;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

public class LockTests
{
    private const string Database = "/var/lib/rpm/.rpm.lock";

    [Fact]
    public async Task A_patch_waits_for_whoever_has_the_database_and_goes_on_when_it_is_free()
    {
        using var host = HostWithAnUpdate();
        using var holder = new LockHolder(host.PathOf(Database));
        using var agent = host.Start(DnfHost.Request(AgentStep.Patch, ("plain", "2.0-1")));

        agent.WaitFor($"waiting: {holder.Description} holds {Database}");
        holder.Release();

        (await agent.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Theory]
    [InlineData(AgentStep.Patch, "/var/lib/dnf/rpmdb_lock.pid")]
    [InlineData(AgentStep.Patch, "/var/cache/dnf/download_lock.pid")]
    [InlineData(AgentStep.Scan, "/var/cache/dnf/metadata_lock.pid")]
    public async Task A_dnf_that_does_not_end_in_time_is_named(AgentStep step, string file)
    {
        using var host = HostWithAnUpdate();
        host.Write(file, host.Init.Id.ToString(CultureInfo.InvariantCulture));

        var report = (await host.RunAsync(DnfHost.Request(step, ("plain", "2.0-1")) with { TimeoutSeconds = 10 }))
            .Expect(AgentResult.PreconditionFailed, AgentReasons.LockHeld);

        Assert.Equal($"tail (process {host.Init.Id}) holds {file}, and did not release it in time", report.Message);
        Assert.Empty(report.Changed);
    }

    [Fact]
    public async Task What_a_process_that_is_gone_has_left_stops_nobody()
    {
        using var host = HostWithAnUpdate();
        host.Write("/var/lib/dnf/rpmdb_lock.pid", "999999999");

        (await host.PatchAsync(("plain", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    private static DnfHost HostWithAnUpdate()
    {
        var host = new DnfHost();
        host.Offer(AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1")).Install("plain-1.0");
        return host;
    }
}
