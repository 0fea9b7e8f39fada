using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.CommandLine;

public class CommandLineTests
{
    [Theory]
    [InlineData(null, "the environment variable PATCH_AGENT_REQUEST is not set")]
    [InlineData("", "the environment variable PATCH_AGENT_REQUEST is not set")]
    [InlineData("{", "PATCH_AGENT_REQUEST is not a request in JSON")]
    [InlineData("""{"step":"Patch"}""", "operation")]
    [InlineData("""{"step":"Explode","operation":"x"}""", "PATCH_AGENT_REQUEST is not a request in JSON")]
    [InlineData("""{"step":7,"operation":"x"}""", "step must be one of Scan, Stage, Patch, Reboot, Verify")]
    [InlineData("""{"step":"Scan","operation":"../x"}""", "operation must be")]
    [InlineData("""{"step":"Scan","operation":null}""", "operation must be")]
    [InlineData("""{"step":"Scan","operation":"x","timeoutSeconds":0}""", "timeoutSeconds must be between 1 and 604800")]
    [InlineData("""{"step":"Patch","operation":"x","updates":null}""", "updates must be a list")]
    [InlineData("""{"step":"Patch","operation":"x","updates":[null]}""", "updates[0] must be an object")]
    [InlineData("""{"step":"Patch","operation":"x","updates":[{"name":"a"}]}""", "updates[0] must be an object with name and version")]
    [InlineData("""{"step":"Patch","operation":"x","updates":[{"name":"a","version":"1"},{"name":"a","version":"2"}]}""", "updates names a more than once")]
    [InlineData("""{"step":"Scan","operation":"x","freeze":7}""", "freeze must be one of Strict, AtLeast, None")]
    [InlineData("""{"step":"Scan","operation":"x","securitySources":["vendor"]}""", "securitySources has what is no pattern of archives: \"vendor\"")]
    [InlineData(
        """{"step":"Verify","operation":"x","commands":["../sh"]}""", "commands has what is no name of a program in /etc/patch-operator/verify.d: \"../sh\"")]
    [InlineData("""{"step":"Verify","operation":"x","commands":null}""", "commands must be a list")]
    [InlineData("""{"step":"Patch","operation":"x","pending":7}""", "pending must be one of Security, All")]
    [InlineData(
        """{"step":"Patch","operation":"x","pending":"All","updates":[{"name":"a","version":"1"}]}""", "pending must not be there where updates are named")]
    [InlineData("""{"step":"Patch","operation":"x","restarts":7}""", "restarts must be one of Never, UnlessRebootDue, Always")]
    [InlineData("""{"step":"Verify","operation":"x"}""", "--host-root /nowhere is no directory")]
    public async Task A_bad_request_says_what_to_put_right(string? request, string problem)
    {
        using var agent = AgentProcess.Start(request, "run", "--host-root", "/nowhere");
        var outcome = await agent.WaitAsync();

        var report = outcome.Expect(AgentResult.PreconditionFailed, AgentReasons.InvalidRequest);
        Assert.Contains(problem, report.Message, StringComparison.Ordinal);
        Assert.Contains(problem, outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_variable_the_options_and_the_exit_codes()
    {
        using var agent = AgentProcess.Start(null, "run", "--help");
        var outcome = await agent.WaitAsync();

        Assert.Equal(0, outcome.ExitCode);
        Assert.All(
            ["PATCH_AGENT_REQUEST", "--host-root", "--termination-log", "143 told to stop"],
            word => Assert.Contains(word, outcome.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("--init-pid", outcome.Output, StringComparison.Ordinal);
    }

    /// <summary>Each step, by hand, tells how it is used.</summary>
    [Theory]
    [InlineData("", "patch-agent patch --dry-run --security")]
    [InlineData("scan", "patch-agent scan --root /mnt/disk --format json")]
    [InlineData("stage", "patch-agent stage --bandwidth 5000000 openssl=3.0.17-1~deb12u2")]
    [InlineData("patch", "patch-agent patch openssl=3.0.17-1~deb12u2")]
    [InlineData("reboot", "patch-agent reboot")]
    [InlineData("verify", "patch-agent verify openssl=3.0.17-1~deb12u2")]
    [InlineData("rollback", "patch-agent rollback")]
    public async Task Help_has_an_example(string command, string example)
    {
        using var agent = AgentProcess.Start(null, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        var outcome = await agent.WaitAsync();

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(example, outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--nonsense")]
    [InlineData("nonsense")]
    public async Task An_unknown_word_is_an_error_and_no_report(params string[] arguments)
    {
        using var agent = AgentProcess.Start(null, arguments);
        var outcome = await agent.WaitAsync();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("nonsense", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(ReportFormat.BeginMarker, outcome.Output, StringComparison.Ordinal);
    }
}
