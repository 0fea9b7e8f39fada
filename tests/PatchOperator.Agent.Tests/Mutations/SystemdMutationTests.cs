using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Mutations;

/// <summary>On a host that was booted, what changes it are units of its systemd.</summary>
public class SystemdMutationTests
{
    private static readonly TestPackage Works = APackage("app", "1.0").WithFile("usr/lib/app/main", "exec sleep infinity\n");
    private static readonly TestPackage Fails = APackage("app", "2.0").WithFile("usr/lib/app/main", "exit 1\n").WithPostinst("systemctl restart app.service || true\nexit 1");

    [Fact]
    public async Task A_rollback_succeeds_though_an_agent_that_died_has_left_its_units()
    {
        using var host = Host();
        (await host.RunAsync(TestHost.Request(AgentStep.Patch, ("app", "2.0")) with { KeepReplaced = true, CheckUnits = true }))
            .Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        string[] units = [.. new[] { "", "-repair", "-start" }.Select(part => $"patchoperator-run-1-node-1-rollback{part}")];
        foreach (var unit in units)
            host.LeaveUnit(unit);

        var report = (await host.RunAsync(TestHost.Request(AgentStep.Rollback) with { CheckUnits = true })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("app", "2.0", "1.0")], report.Changed);
        Assert.Equal("active\n", host.Systemctl("show", "--value", "--property=ActiveState", "app.service"));
        Assert.All(units, unit => Assert.False(host.IsLoaded($"{unit}.service")));
        Assert.Contains(report.Commands, command => command is { Line: "systemctl restart -- app.service", ExitCode: 0, Times: 1 });
        Assert.DoesNotContain(report.Commands, command => command.Line.Contains("systemd-run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_unit_that_waits_for_others_before_it_starts_has_not_ended()
    {
        using var host = Host();
        host.WithUnit("slow.service", "[Service]", "Type=oneshot", "ExecStart=/bin/sh -c 'read answer < /gate'")
            .WithUnit("patchoperator-.service.d/slow.conf", "[Unit]", "After=slow.service");
        Shell.Run("mkfifo", host.PathOf("gate"));
        host.Systemctl("start", "--no-block", "slow.service");
        host.Main(APackage("tool", "2.0"));
        var request = TestHost.Request(AgentStep.Patch, ("tool", "2.0"));

        var late = (await host.RunAsync(request with { TimeoutSeconds = 10 })).Expect(AgentResult.PackageManagerFailed, AgentReasons.TimedOut);
        using var next = host.Start(request);
        next.WaitFor("an earlier agent started this unit on the host");
        await File.WriteAllTextAsync(host.PathOf("gate"), "go\n");
        var report = (await next.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Contains("goes on as unit patchoperator-run-1-node-1-patch.service", late.Message, StringComparison.Ordinal);
        Assert.Equal([new ChangedPackage("tool", "1.0", "2.0")], report.Changed);
    }

    [Fact]
    public async Task An_agent_that_was_killed_is_followed_by_one_that_goes_on_though_systemd_itself_was_upgraded_meanwhile()
    {
        using var host = Host();
        foreach (var pipe in new[] { "reached", "gate" })
            Shell.Run("mkfifo", host.PathOf(pipe));
        host.Main(APackage("tool", "2.0").WithPostinst("systemctl daemon-reexec || exit 1\necho here > /reached\nread answer < /gate"));
        var request = TestHost.Request(AgentStep.Patch, ("tool", "2.0"));

        using var first = host.Start(request);
        await File.ReadAllTextAsync(host.PathOf("reached"));
        Shell.Run("pkill", "-KILL", "--parent", $"{first.Id}");
        var killed = await first.WaitAsync();
        using var next = host.Start(request);
        next.WaitFor("an earlier agent started this unit on the host");
        await File.WriteAllTextAsync(host.PathOf("gate"), "go\n");
        var report = (await next.WaitAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Null(killed.ReportOrNull);
        Assert.Equal([new ChangedPackage("tool", "1.0", "2.0")], report.Changed);
        Assert.Equal("running\n", host.Systemctl("is-system-running"));
    }

    private static SystemdHost Host()
    {
        var host = new SystemdHost();
        host.Main(Works, APackage("tool", "1.0")).Install("app", "tool").Main(Fails);
        host.WithUnit("app.service", "[Service]", "ExecStart=/bin/sh /usr/lib/app/main", "[Install]", "WantedBy=basic.target");
        host.Systemctl("enable", "--now", "--quiet", "app.service");
        return host;
    }
}
