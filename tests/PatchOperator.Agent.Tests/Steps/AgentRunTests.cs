using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Steps;

public class AgentRunTests
{
    /// <summary>Whatever goes wrong in the agent, there is a report that says so, and an exit code of its own.</summary>
    [Fact]
    public async Task What_the_agent_did_not_expect_is_its_own_failure_and_no_package_managers()
    {
        using var host = new TemporaryFolder();
        Directory.CreateDirectory(host.PathOf("etc"));
        File.CreateSymbolicLink(host.PathOf("etc/os-release"), "os-release");
        using var agent = AgentProcess.Start("""{"step":"Scan","operation":"x"}""", "run", "--host-root", host.Path);

        var outcome = await agent.WaitAsync();

        Assert.Equal((1, AgentReasons.AgentFailed), (outcome.ExitCode, outcome.Report.Reason));
        Assert.StartsWith("the agent failed: IOException: ", outcome.Report.Message, StringComparison.Ordinal);
        // Where in the agent is for whoever mends it.
        Assert.Contains("   at PatchOperator.Agent.", outcome.Errors, StringComparison.Ordinal);
    }
}
