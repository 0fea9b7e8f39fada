using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.CommandLine;

/// <summary>Patches by hand, one after the other.</summary>
public class HandPatchTests
{
    [Theory]
    [InlineData("tool=2.0")]
    [InlineData("--security")]
    public async Task The_same_command_goes_on_with_what_was_torn_off(string asked)
    {
        using var host = await TornOffAsync(asked);

        using var next = host.StartByHand("patch", asked);
        next.WaitFor("an earlier agent started this unit on the host");
        await OpenGateAsync(host);
        var outcome = await next.WaitAsync();

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("\nCHANGED   FROM   TO\ntool      1.0    2.0\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_pending_by_now_is_installed_besides_what_was_torn_off()
    {
        using var host = await TornOffAsync();
        host.Main(APackage("app", "2.0"));

        using var next = host.StartByHand("patch");
        next.WaitFor("an earlier agent started this unit on the host");
        await OpenGateAsync(host);
        var outcome = await next.WaitAsync();

        Assert.Equal(0, outcome.ExitCode);
        Assert.EndsWith("\nCHANGED   FROM   TO\napp       1.0    2.0\ntool      1.0    2.0\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_command_waits_for_what_was_torn_off_and_begins_anew()
    {
        using var host = await TornOffAsync("tool=2.0");
        host.Main(APackage("app", "2.0"));

        using var next = host.StartByHand("patch", "app=2.0");
        var told = next.WaitFor("was begun on this host and has not succeeded");
        next.WaitFor("an earlier agent started this unit on the host");
        var meanwhile = host.VersionOf("app");
        await OpenGateAsync(host);
        var outcome = await next.WaitAsync();
        var again = await host.RunByHandAsync("patch", "tool=2.0");

        Assert.Matches("patchoperator-by-hand-[0-9a-f]{8}-patch was begun", told);
        Assert.Equal("1.0", meanwhile);
        Assert.Equal((0, (int)AgentResult.NothingToDo), (outcome.ExitCode, again.ExitCode));
        Assert.Contains("1 packages changed", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nCHANGED   FROM   TO\napp       1.0    2.0\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("", host.Systemctl("list-units", "--all", "--plain", "--no-legend", "patchoperator-*"));
    }

    [Fact]
    public async Task A_unit_that_an_operation_long_over_has_left_is_no_other_s()
    {
        using var host = Host();
        host.LeaveUnit("patchoperator-run-1-node-1-patch");

        var report = (await host.PatchAsync(("tool", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("tool", "1.0", "2.0")], report.Changed);
    }

    [Fact]
    public async Task What_is_kept_for_a_rollback_stays_until_another_patch_changes_something()
    {
        using var host = new TestHost().Main(APackage("app", "1.0"), APackage("app", "2.0"), APackage("lib", "1.0")).Install("app=1.0", "lib");

        var patched = await host.RunByHandAsync("patch", "--keep", "app=2.0");
        string[][] between =
            [["patch", "--dry-run"], ["patch", "app=2.0"], ["patch"], ["patch", "--remove-old-kernels"], ["verify", "app=2.0"], ["scan"], ["stage"]];
        foreach (var command in between)
            await host.RunByHandAsync(command[0], command[1..]);
        var back = await host.RunByHandAsync("rollback");

        Assert.Equal((0, 0), (patched.ExitCode, back.ExitCode));
        Assert.Equal("1.0", host.VersionOf("app"));
    }

    [Fact]
    public async Task A_dry_run_and_a_verification_by_hand_leave_what_the_operator_can_bring_back()
    {
        using var host = new TestHost().Main(APackage("app", "1.0"), APackage("app", "2.0")).Install("app=1.0");
        await host.PatchKeepingAsync(("app", "2.0"));

        await host.RunByHandAsync("patch", "--dry-run");
        await host.RunByHandAsync("verify", "app=2.0");
        var byHand = await host.RunByHandAsync("rollback");
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal((int)AgentResult.NothingToDo, byHand.ExitCode);
        Assert.Equal("1.0", host.VersionOf("app"));
    }

    [Fact]
    public async Task What_a_patch_before_has_kept_does_not_come_back_with_the_last_one()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "2.0"), APackage("lib", "1.0"), APackage("lib", "2.0")).Install("app=1.0", "lib=1.0");

        await host.RunByHandAsync("patch", "--keep", "app=2.0");
        await host.RunByHandAsync("patch", "--keep", "lib=2.0");
        var back = await host.RunByHandAsync("rollback");

        Assert.Equal(0, back.ExitCode);
        Assert.Equal(("2.0", "1.0"), (host.VersionOf("app"), host.VersionOf("lib")));
    }

    /// <summary>A patch whose agent was killed: its unit waits at a pipe.</summary>
    private static async Task<SystemdHost> TornOffAsync(params string[] asked)
    {
        var host = Host();
        foreach (var pipe in new[] { "reached", "gate" })
            Shell.Run("mkfifo", host.PathOf(pipe));
        host.Security(APackage("tool", "2.0").WithPostinst("echo here > /reached\nread answer < /gate"));
        using var first = host.StartByHand("patch", asked);
        await File.ReadAllTextAsync(host.PathOf("reached"));
        Shell.Run("pkill", "-KILL", "--parent", $"{first.Id}");
        await first.WaitAsync();
        return host;
    }

    private static Task OpenGateAsync(SystemdHost host) => File.WriteAllTextAsync(host.PathOf("gate"), "go\n");

    private static SystemdHost Host()
    {
        var host = new SystemdHost();
        host.Main(APackage("app", "1.0"), APackage("tool", "1.0")).Install("app", "tool").Security(APackage("tool", "2.0"));
        return host;
    }
}
