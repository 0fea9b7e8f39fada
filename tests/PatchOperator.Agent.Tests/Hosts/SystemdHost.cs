using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A host that was booted: systemd is the first of its processes, among which the agent is, too, as in a Job on a node.</summary>
internal sealed class SystemdHost : TestHost
{
    private readonly SystemdProcess systemd;

    /// <param name="cgroups">What its systemd is booted on; what this machine is where none is named.</param>
    public SystemdHost(CgroupMode? cgroups = null)
        : base(BaseSystem.Systemd)
    {
        // All of them, here and there: the agent finds systemd by them.
        Mount("tmpfs", "/run", "-o", "mode=755");
        systemd = new SystemdProcess(Root, cgroups ?? SystemdProcess.Machine);
    }

    /// <summary>Runs a program among the host's processes.</summary>
    public string Systemctl(params string[] arguments) => RunInside("systemctl", arguments);

    /// <summary>Makes a unit.</summary>
    public SystemdHost WithUnit(string name, params string[] lines)
    {
        Write($"/etc/systemd/system/{name}", string.Join('\n', lines) + "\n");
        Systemctl("daemon-reload");
        return this;
    }

    /// <summary>Runs a program in a scope among those of people, for as long as it likes.</summary>
    public void StartSession(string scope, params string[] command) =>
        RunInside("sh", ["-c", "systemd-run --quiet --scope --slice=user.slice --unit=\"$0\" \"$@\" > /dev/null 2>&1 &", scope, .. command]);

    /// <summary>As a person does it.</summary>
    public async Task<AgentOutcome> ScanByHandAsync()
    {
        using var agent = AgentProcess.StartBy(systemd.Enter, null, "scan", "--root", Root);
        return await agent.WaitAsync();
    }

    /// <summary>Has a service end as one that is broken.</summary>
    public Task FailAsync(string service)
    {
        Systemctl("kill", "--signal=KILL", service);
        return Eventually.TrueAsync(() => Systemctl("show", "--value", "--property=ActiveState", service) == "failed\n", $"{service} has failed");
    }

    /// <summary>What an agent leaves that dies before it has read how a change to the host has ended.</summary>
    public void LeaveUnit(string name)
    {
        RunInside("systemd-run", "--quiet", $"--unit={name}.service", "--property=Type=exec", "--property=RemainAfterExit=yes", "true");
        Assert.Equal("active\n", Systemctl("show", "--value", "--property=ActiveState", $"{name}.service"));
    }

    public bool IsLoaded(string unit) => Systemctl("show", "--value", "--property=LoadState", unit) == "loaded\n";

    public override void Dispose()
    {
        systemd.Dispose();
        base.Dispose();
    }

    protected override AgentProcess StartAgent(string? request, params string[] arguments) =>
        AgentProcess.StartBy(systemd.Enter, request, [.. arguments, "--init-pid", "1"]);

    private string RunInside(string program, params string[] arguments) =>
        Shell.Run(systemd.Enter[0], [.. systemd.Enter.Skip(1), "chroot", Root, program, .. arguments]);
}
