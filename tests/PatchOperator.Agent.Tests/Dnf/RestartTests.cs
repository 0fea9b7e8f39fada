using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

/// <summary>Neither the end of the agent nor that of dnf leaves a host that nobody can mend. The script waits for the test at a named pipe.</summary>
public abstract class RestartTests
{
    private protected abstract DnfHost NewHost();

    [Fact]
    public async Task An_agent_that_starts_again_waits_for_what_the_one_before_it_has_begun_and_reports_it()
    {
        using var host = HostWithSlowUpgrade();
        using var killed = host.Start(DnfHost.Request(AgentStep.Patch, ("slow", "2.0-1")));
        using var gate = await ReachGateAsync(host);
        killed.Signal("KILL");
        await killed.WaitAsync();

        using var next = host.Start(DnfHost.Request(AgentStep.Patch, ("slow", "2.0-1")));
        next.WaitFor($"holds {host.TransactionLock}");
        gate.Dispose();

        var report = (await next.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal([new ChangedPackage("slow", "1.0-1", "2.0-1")], report.Changed);
    }

    [Fact]
    public async Task A_transaction_that_was_killed_is_finished_by_the_next_patch_and_by_it_alone()
    {
        using var host = HostWithSlowUpgrade();
        using var agent = host.Start(DnfHost.Request(AgentStep.Patch, ("slow", "2.0-1"), ("plain", "2.0-1")));
        using (await ReachGateAsync(host))
            Shell.Run("kill", "-KILL", $"{host.TransactionProcess}");
        var failed = (await agent.WaitAsync()).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        File.Delete(host.PathOf("/gate"));

        var broken = (await host.VerifyAsync()).Expect(AgentResult.VerificationFailed, AgentReasons.PackagesIncomplete);
        var mended = (await host.PatchAsync(("slow", "2.0-1"), ("plain", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Contains("exit code 137", failed.Message, StringComparison.Ordinal);
        Assert.Contains("slow (left over)", broken.Message, StringComparison.Ordinal);
        Assert.Contains(new ChangedPackage("slow", "1.0-1", "2.0-1"), mended.Changed);
        Assert.Equal(("2.0-1\n", "2.0-1\n"), (host.VersionsOf("slow"), host.VersionsOf("plain")));
        Assert.True(File.Exists(host.PathOf("/configured")));
        (await host.VerifyAsync(("slow", "2.0-1"), ("plain", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    private DnfHost HostWithSlowUpgrade()
    {
        var host = NewHost();
        host.Offer(
                AnRpm("slow", "1.0-1"), AnRpm("slow", "2.0-1").WithScript("post", "if [ -p /gate ]; then read answer < /gate; fi; touch /configured"), AnRpm("plain", "1.0-1"),
                AnRpm("plain", "2.0-1"))
            .Install("slow-1.0", "plain-1.0");
        Shell.Run("mkfifo", host.PathOf("gate"));
        return host;
    }

    /// <summary>Opens the pipe for writing, which returns when the script reads it: it goes on when the pipe is closed.</summary>
    private static Task<FileStream> ReachGateAsync(DnfHost host) => Task.Run(() => File.OpenWrite(host.PathOf("/gate")));

    public sealed class OfDnf4 : RestartTests
    {
        private protected override DnfHost NewHost() => new Dnf4Host();
    }

    public sealed class OfDnf5 : RestartTests
    {
        private protected override DnfHost NewHost() => new Dnf5Host();
    }
}
