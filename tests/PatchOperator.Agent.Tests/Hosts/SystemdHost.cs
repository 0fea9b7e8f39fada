using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A host that was booted: systemd is the first of its processes, among which the agent is, too, as in a Job on a node.</summary>
internal sealed class SystemdHost : TestHost
{
    private readonly SystemdProcess systemd;

    public SystemdHost()
        : base(BaseSystem.Systemd)
    {
        // All of them, here and there: the agent finds systemd by them.
        Mount("tmpfs", "/run", "-o", "mode=755");
        systemd = new SystemdProcess(Root);
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
