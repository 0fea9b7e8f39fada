using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Units;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Units;

public class ServiceRestartTests
{
    /// <summary>
    /// As a host's own process reads them, one in a container of the host, and one in a container that has a namespace of its own; on version 1, on both, and on version 2
    /// alone, where a hierarchy of version 1 may be left that is not systemd's.
    /// </summary>
    [Theory]
    [InlineData("0::/init.scope", "0::/system.slice/ssh.service", "ssh.service")]
    [InlineData("0::/init.scope", "0::/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service")]
    [InlineData("0::/init.scope", "0::/system.slice/web.service/worker", "web.service")]
    [InlineData("0::/../../../init.scope", "0::/../../../system.slice/ssh.service", "ssh.service")]
    [InlineData("0::/docker/4711/init.scope", "0::/docker/4711/system.slice/kubelet.service", "kubelet.service")]
    [InlineData("12:cpu:/\n1:name=systemd:/init.scope\n0::/init.scope", "12:cpu:/system.slice\n1:name=systemd:/system.slice/ssh.service\n0::/", "ssh.service")]
    [InlineData("1:name=systemd:/", "1:name=systemd:/system.slice/ssh.service", "ssh.service")]
    [InlineData("1:name=systemd:/init.scope\n0::/init.scope", "1:name=systemd:/system.slice/ssh.service\n0::/system.slice/ssh.service", "ssh.service")]
    [InlineData("1:name=systemd:/init.scope\n0::/init.scope", "1:name=systemd:/docker/4711\n0::/system.slice/containerd.service", null)]
    [InlineData("9:name=systemd:/\n8:pids:/\n0::/init.scope", "9:name=systemd:/\n8:pids:/\n0::/system.slice/ssh.service", "ssh.service")]
    [InlineData("9:name=systemd:/\n0::/4711/init.scope", "9:name=systemd:/\n0::/4711/system.slice/ssh.service", "ssh.service")]
    [InlineData("0::/init.scope", "0::/user.slice/user-0.slice/session-1.scope", null)]
    [InlineData("0::/init.scope", "0::/user.slice/user-0.slice/user@0.service/app.slice/agent.service", null)]
    [InlineData("0::/init.scope", "0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-4711.scope/system.slice/ssh.service", null)]
    [InlineData("0::/init.scope", "0::/system.slice/docker-4711.scope/system.slice/ssh.service", null)]
    [InlineData("0::/init.scope", "0::/init.scope", null)]
    [InlineData("0::/docker/4711/init.scope", "0::/system.slice/ssh.service", null)]
    [InlineData("", "0::/system.slice/ssh.service", "ssh.service")]
    [InlineData("0::/init.scope", "", null)]
    public void A_process_belongs_to_the_service_that_systemd_keeps_it_in(string ofInit, string cgroups, string? service) =>
        Assert.Equal(service, new ProcessCgroups(ofInit).Service(cgroups));

    [Theory]
    [InlineData("ssh.service", true)]
    [InlineData("containerd.service", true)]
    [InlineData("kubelet.service", true)]
    [InlineData("systemd-journald.service", true)]
    [InlineData("dbus.service", false)]
    [InlineData("dnf5-automatic.service", false)]
    [InlineData("dnf5daemon-server.service", false)]
    [InlineData("dbus-broker.service", false)]
    [InlineData("systemd-logind.service", false)]
    [InlineData("getty@tty1.service", false)]
    [InlineData("user@1000.service", false)]
    [InlineData("NetworkManager.service", false)]
    [InlineData("systemd-networkd.service", false)]
    [InlineData("ifup@eth0.service", false)]
    [InlineData("wickedd-dhcp4.service", false)]
    [InlineData("firewalld.service", false)]
    [InlineData("auditd.service", false)]
    [InlineData("systemd-resolved.service", true)]
    [InlineData("docker.service", false)]
    [InlineData("unattended-upgrades.service", false)]
    [InlineData("patchoperator-run-patch.service", false)]
    [InlineData("docker.service.example.service", true)]
    public void What_would_take_more_with_it_is_left_to_a_person(string service, bool restarts) => Assert.Equal(restarts, RestartRules.Allows(service));

    /// <summary>As containerd is, whose shims go on with what they carry.</summary>
    [Fact]
    public async Task A_service_is_restarted_for_what_its_restart_ends_and_not_for_what_it_leaves_alone()
    {
        using var host = new SystemdHost();
        host.Main(Engine("1.0"), APackage("tool", "1.0")).Install("engine", "tool").Main(Engine("2.0"), APackage("tool", "2.0"));
        host.WithUnit("engine.service", "[Service]", "KillMode=process", "ExecStart=/usr/lib/engine/main -c '/usr/lib/engine/shim infinity & wait'");
        host.Systemctl("start", "engine.service");

        var first = (await PatchAsync(host, "engine")).Expect(AgentResult.Done, AgentReasons.Completed);
        var second = (await PatchAsync(host, "tool")).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["engine.service"], first.Restarted);
        Assert.Equal("1 packages changed; restarted engine.service", first.Message);
        Assert.Empty(first.OutdatedServices!);
        Assert.Empty(second.Restarted.Concat(second.OutdatedServices!));
    }

    /// <summary>Those of a person's session are not services.</summary>
    [Fact]
    public async Task Services_that_run_replaced_code_are_named_until_they_are_restarted_whatever_is_asked()
    {
        using var host = new SystemdHost();
        host.Main(Engine("1.0")).Install("engine").Main(Engine("2.0"));
        host.WithUnit("engine.service", "[Service]", "ExecStart=/usr/lib/engine/shim infinity").WithUnit("other.service", "[Service]", "ExecStart=/bin/sleep infinity");
        host.Systemctl("start", "engine.service", "other.service");
        host.StartSession("session-1.scope", "/usr/lib/engine/shim", "infinity");
        Assert.Empty((await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed).OutdatedServices!);

        var patched = (await host.RunAsync(RealHost.Request(AgentStep.Patch, ("engine", "2.0")))).Expect(AgentResult.Done, AgentReasons.Completed);
        var table = await host.ScanByHandAsync();
        host.Systemctl("restart", "engine.service");
        var later = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["engine.service"], patched.OutdatedServices!);
        Assert.Equal("1 packages changed", patched.Message);
        Assert.Empty(patched.Restarted);
        Assert.Contains("\nservices:    run code that was replaced: engine.service\n", table.Output, StringComparison.Ordinal);
        Assert.Empty(later.OutdatedServices!);
    }

    private static TestPackage Engine(string version) =>
        APackage("engine", version).WithProgram("usr/lib/engine/main", "/bin/dash").WithProgram("usr/lib/engine/shim", "/bin/sleep");

    private static Task<Running.AgentOutcome> PatchAsync(SystemdHost host, string package) =>
        host.RunAsync(RealHost.Request(AgentStep.Patch, (package, "2.0")) with { Restarts = RestartMode.Always });
}
