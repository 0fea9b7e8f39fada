using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Zypper;

/// <summary>zypper and rpm are killed while a scriptlet waits at a named pipe: both versions of its package are in rpm's database then.</summary>
public class ZypperInterruptionTests
{
    private static readonly RpmPackage Slow = AnRpm("slow", "2.0-1").WithScript("post", "read answer < /gate");

    [Fact]
    public async Task The_next_patch_finishes_what_was_interrupted_and_does_the_rest()
    {
        using var host = Host();
        var killed = (await InterruptAsync(host)).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        Assert.Equal([new IncompletePackage("slow", "left over")], killed.Incomplete!);
        using var next = host.Start(Request);
        LetGo(host);
        var report = (await next.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal([new ChangedPackage("slow", "1.0-1", "2.0-1"), new ChangedPackage("zeta", "1.0-1", "2.0-1")], report.Changed);
        Assert.Empty(report.Incomplete!);
    }

    [Fact]
    public async Task What_no_repository_has_any_more_is_to_be_mended_by_hand_unless_a_newer_version_is_approved()
    {
        using var host = Host();
        await InterruptAsync(host);
        host.Withdraw(Slow).Offer(AnRpm("slow", "3.0-1"));
        Assert.Equal([new IncompletePackage("slow", "left over")], (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed).Incomplete!);
        var report = (await host.PatchAsync(("zeta", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.InterruptedPackageManager);
        Assert.Contains("repair slow by hand", report.Message, StringComparison.Ordinal);
        Assert.Contains("what is left over goes with `rpm --erase slow-1.0-1`", report.Message, StringComparison.Ordinal);
        (await host.PatchAsync(("slow", "3.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal("3.0-1\n", host.VersionsOf("slow"));
    }

    private static AgentRequest Request => ZypperHost.Request(AgentStep.Patch, ("slow", "2.0-1"), ("zeta", "2.0-1"));

    private static async Task<AgentOutcome> InterruptAsync(ZypperHost host)
    {
        using var agent = host.Start(Request);
        // Opening a pipe for writing returns when the scriptlet has it open for reading.
        await using (new FileStream(host.PathOf("gate"), FileMode.Open, FileAccess.Write))
        {
            var session = Shell.Run("ps", "-o", "sid=", "-p", host.Read("run/zypp.pid").Trim()).Trim();
            Shell.Run("pkill", "-KILL", "-s", session);
            return await agent.WaitAsync();
        }
    }

    /// <summary>Opens the pipe for writing, which returns when the scriptlet reads it.</summary>
    private static void LetGo(ZypperHost host) => File.WriteAllText(host.PathOf("gate"), "go\n");

    private static ZypperHost Host()
    {
        var host = new ZypperHost();
        host.Offer(AnRpm("slow", "1.0-1"), Slow, AnRpm("zeta", "1.0-1"), AnRpm("zeta", "2.0-1")).Install("slow=1.0-1", "zeta=1.0-1");
        Shell.Run("mkfifo", host.PathOf("gate"));
        return host;
    }
}
