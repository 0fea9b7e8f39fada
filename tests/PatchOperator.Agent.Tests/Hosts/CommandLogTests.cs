using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Hosts;

public class CommandLogTests
{
    [Fact]
    public async Task What_was_run_is_in_the_report_and_in_the_log_with_exit_codes_and_durations()
    {
        using var host = new TestHost().Main(APackage("app", "1.0"), APackage("app", "2.0")).Install("app=1.0");

        var outcome = await host.PatchAsync(("app", "2.0"));

        var commands = outcome.Expect(AgentResult.Done, AgentReasons.Completed).Commands;
        var install = Assert.Single(commands, command => command.Line == "apt-get -q=1 --assume-yes --no-remove --only-upgrade install -- app=2.0");
        Assert.Equal((0, 1), (install.ExitCode, install.Times));
        Assert.InRange(install.Seconds, 0.01, 300);
        Assert.Contains(commands, command => command.Line == "apt-get -q=1 --assume-yes update" && command.ExitCode == 0);
        Assert.Contains(commands, command => command.Line.StartsWith("dpkg-query --show", StringComparison.Ordinal) && command.Times > 1);
        Assert.All(commands, command => Assert.Contains($"exit code {command.ExitCode}: {command.Line}", outcome.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_ends_alike_is_counted_and_said_once_and_not_without_end()
    {
        var said = new StringWriter();
        var log = new CommandLog(TimeProvider.System, new Progress(said, TimeProvider.System));

        for (var number = 0; number < 300; number++)
        {
            await log.TimeAsync("look", () => Task.FromResult(number), code => code < 299 ? 0 : 1);
            await log.TimeAsync($"ask {number}", () => Task.FromResult(0), code => code);
        }

        await Assert.ThrowsAsync<TimeoutException>(() => log.TimeAsync("look", () => Task.FromException<int>(new TimeoutException()), code => code));

        Assert.Equal(100, log.Facts.Count);
        Assert.Equal(("look", 0, 299), (log.Facts[0].Line, log.Facts[0].ExitCode, log.Facts[0].Times));
        var lines = said.ToString().Split('\n').Where(line => line.EndsWith(": look", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 2)..]);
        Assert.Equal(["exit code 0: look", "exit code 1: look", "no exit code: look"], lines);
    }

    [Fact]
    public void A_long_command_line_is_cut_and_has_no_pinned_options()
    {
        var command = new HostCommand("apt-get", ["-o", "Dpkg::Use-Pty=false", "--setopt=best=True", "install", "--", .. Enumerable.Repeat("package=1.0", 50)]);

        Assert.StartsWith("apt-get install -- package=1.0 package=1.0", command.Brief, StringComparison.Ordinal);
        Assert.Equal(201, command.Brief.Length);
        Assert.Equal("sh -c a b", new HostCommand("sh", "-c", "a\nb").Brief);
    }
}
