using PatchOperator.Agent.Exec;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.CommandLine;

public class ExecTests
{
    // Signals 32 and 33 belong to glibc itself, which lets no program set them: whoever started the tests may have left them ignored.
    private const ulong OfTheCLibrary = 3UL << 31;

    [Fact]
    public async Task A_command_runs_in_the_root_in_a_session_of_its_own_with_no_signal_ignored_or_blocked()
    {
        using var host = new TestHost();
        using var inHost = AgentProcess.Start(null, "exec", "--root", host.Root, "--", "sh", "-c", "pwd; ls /archive; umask");
        Assert.Equal("/\nmain\nsecurity\n0022\n", (await inHost.WaitAsync()).Output);
        using var inMachine = AgentProcess.Start(null, "exec", "--root", "/", "--", "grep", "-E", "^(SigBlk|SigIgn)", "/proc/self/status");
        Assert.All(Masks((await inMachine.WaitAsync()).Output), mask => Assert.Equal(0UL, mask & ~OfTheCLibrary));
        using var session = AgentProcess.Start(null, "exec", "--root", "/", "--", "sh", "-c", "[ \"$(cut -d' ' -f6 /proc/$$/stat)\" = $$ ] && echo leader");
        Assert.Equal("leader\n", (await session.WaitAsync()).Output);
    }

    [Theory]
    [InlineData(ExecCommand.CannotExecute, "cannot run no-such-program: No such file or directory", "--root", "/", "--", "no-such-program")]
    [InlineData(ExecCommand.CannotEnter, "cannot enter /no/such/root: No such file or directory", "--root", "/no/such/root", "--", "true")]
    [InlineData(ExecCommand.CannotEnter, "usage: exec", "--root", "/")]
    public async Task What_cannot_be_run_is_told_apart(int exitCode, string message, params string[] arguments)
    {
        using var agent = AgentProcess.Start(null, ["exec", .. arguments]);
        var outcome = await agent.WaitAsync();

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(message, outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exit_code_is_the_commands()
    {
        using var agent = AgentProcess.Start(null, "exec", "--root", "/", "--", "sh", "-c", "exit 42");
        Assert.Equal(42, (await agent.WaitAsync()).ExitCode);
    }

    private static List<ulong> Masks(string status)
    {
        var masks = status.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Convert.ToUInt64(line.Split('\t')[1], 16)).ToList();
        Assert.Equal(2, masks.Count);
        return masks;
    }
}
