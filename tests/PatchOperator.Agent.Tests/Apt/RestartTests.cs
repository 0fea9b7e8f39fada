using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>The agent's end is not the end of the upgrade. The postinst waits for the test at a named pipe.</summary>
public class RestartTests
{
    [Fact]
    public async Task An_agent_that_is_told_to_stop_reports_nothing_and_stops_nothing()
    {
        using var host = HostWithSlowUpgrade();
        using var agent = host.Start(TestHost.Request(AgentStep.Patch, ("slow", "2.0")));
        agent.WaitFor("waiting for the test");

        agent.Signal("TERM");
        var outcome = await agent.WaitAsync();
        LetGo(host);

        Assert.Equal(143, outcome.ExitCode);
        Assert.Null(outcome.ReportOrNull);
        Assert.DoesNotContain(ReportFormat.BeginMarker, outcome.Output, StringComparison.Ordinal);
        (await host.VerifyAsync(("slow", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Fact]
    public async Task An_agent_that_starts_again_reports_what_the_one_before_it_has_begun()
    {
        using var host = HostWithSlowUpgrade();
        using var killed = host.Start(TestHost.Request(AgentStep.Patch, ("slow", "2.0")));
        killed.WaitFor("waiting for the test");
        killed.Signal("KILL");
        await killed.WaitAsync();

        using var next = host.Start(TestHost.Request(AgentStep.Patch, ("slow", "2.0")));
        next.WaitFor("holds /var/lib/dpkg/lock-frontend");
        LetGo(host);

        var report = (await next.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal([new ChangedPackage("slow", "1.0", "2.0")], report.Changed);
        (await host.PatchAsync(("slow", "2.0"))).Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo);
    }

    [Fact]
    public async Task An_upgrade_that_takes_too_long_is_reported_and_goes_on()
    {
        using var host = HostWithSlowUpgrade();

        var report = (await host.RunAsync(TestHost.Request(AgentStep.Patch, ("slow", "2.0")) with { TimeoutSeconds = 10 }))
            .Expect(AgentResult.PackageManagerFailed, AgentReasons.TimedOut);
        LetGo(host);

        Assert.Contains("it is not stopped", report.Message, StringComparison.Ordinal);
        Assert.Equal([new ChangedPackage("slow", "1.0", "2.0")], report.Changed);
        (await host.PatchAsync(("slow", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
    }

    private static TestHost HostWithSlowUpgrade()
    {
        var host = new TestHost()
            .Main(APackage("slow", "1.0"), APackage("slow", "2.0").WithPostinst("echo waiting for the test; read answer < /gate"))
            .Install("slow=1.0");
        Shell.Run("mkfifo", host.PathOf("gate"));
        return host;
    }

    /// <summary>Opens the pipe for writing, which returns when the postinst reads it.</summary>
    private static void LetGo(TestHost host) => File.WriteAllText(host.PathOf("gate"), "go\n");
}
