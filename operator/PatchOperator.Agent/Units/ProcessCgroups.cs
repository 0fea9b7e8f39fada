namespace PatchOperator.Agent.Units;

/// <summary>Which service of a host a process belongs to, by the control group that systemd keeps it in; see proc_pid_cgroup(5).</summary>
/// <param name="ofInit">What the control groups of the host's PID 1 are.</param>
internal sealed class ProcessCgroups(string ofInit)
{
    private const string InitScope = "/init.scope";

    // The reader may be in a container, or the host itself: what is above the host's own groups is the same for all its processes.
    private readonly string above = PathIn(ofInit) is { } path && path.EndsWith(InitScope, StringComparison.Ordinal) ? path[..^InitScope.Length] : "";

    /// <summary>Such as <c>ssh.service</c>; null for what is no service of the system: a person's session, a container, another systemd in one.</summary>
    /// <param name="cgroups">What the control groups of the process are.</param>
    public string? Service(string cgroups)
    {
        if (PathIn(cgroups) is not { } path || !path.StartsWith(above + "/system.slice/", StringComparison.Ordinal))
            return null;
        var parts = path[above.Length..].Split('/');
        var unit = parts.FirstOrDefault(part => part.EndsWith(".service", StringComparison.Ordinal) || part.EndsWith(".scope", StringComparison.Ordinal));
        return unit?.EndsWith(".service", StringComparison.Ordinal) == true ? unit : null;
    }

    // Version 2 has one hierarchy, version 1 one of systemd's own.
    private static string? PathIn(string cgroups) => cgroups.Split('\n')
        .Select(line => line.Split(':', 3))
        .Where(line => line is ["0", "", _] or [_, "name=systemd", _])
        .OrderByDescending(line => line[1])
        .Select(line => line[2])
        .FirstOrDefault();
}
