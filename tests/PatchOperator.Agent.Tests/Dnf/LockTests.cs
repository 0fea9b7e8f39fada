using System.Globalization;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

public abstract class LockTests
{
    private const string Database = "/var/lib/rpm/.rpm.lock";

    private protected abstract DnfHost NewHost();

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

    private DnfHost HostWithAnUpdate()
    {
        var host = NewHost();
        host.Offer(AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1")).Install("plain-1.0");
        return host;
    }

    private protected static async Task AssertNamedAsync(DnfHost host, AgentStep step, string holder, string file)
    {
        var report = (await host.RunAsync(DnfHost.Request(step, ("plain", "2.0-1")) with { TimeoutSeconds = 10 }))
            .Expect(AgentResult.PreconditionFailed, AgentReasons.LockHeld);

        Assert.Equal($"{holder} holds {file}, and did not release it in time", report.Message);
        Assert.Empty(report.Changed);
    }

    public sealed class OfDnf4 : LockTests
    {
        [Theory]
        [InlineData(AgentStep.Patch, "/var/lib/dnf/rpmdb_lock.pid")]
        [InlineData(AgentStep.Patch, "/var/cache/dnf/download_lock.pid")]
        [InlineData(AgentStep.Scan, "/var/cache/dnf/metadata_lock.pid")]
        public async Task A_dnf_that_does_not_end_in_time_is_named(AgentStep step, string file)
        {
            using var host = HostWithAnUpdate();
            host.Write(file, host.Init.Id.ToString(CultureInfo.InvariantCulture));

            await AssertNamedAsync(host, step, $"tail (process {host.Init.Id})", file);
        }

        [Fact]
        public async Task What_a_process_that_is_gone_has_left_stops_nobody()
        {
            using var host = HostWithAnUpdate();
            host.Write("/var/lib/dnf/rpmdb_lock.pid", "999999999");

            (await host.PatchAsync(("plain", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        }

        private protected override DnfHost NewHost() => new Dnf4Host();
    }

    public sealed class OfDnf5 : LockTests
    {
        [Theory]
        [InlineData("/var/lib/dnf/system-repo.lock")]
        [InlineData("/usr/lib/sysimage/libdnf5/system-repo.lock")]
        [InlineData("/run/dnf/rpmtransaction.lock")]
        public async Task A_dnf_that_does_not_end_in_time_is_named(string file)
        {
            using var host = HostWithAnUpdate();
            using var holder = new LockHolder(host.PathOf(file));

            await AssertNamedAsync(host, AgentStep.Patch, holder.Description, file);
        }

        private protected override DnfHost NewHost() => new Dnf5Host();
    }
}
