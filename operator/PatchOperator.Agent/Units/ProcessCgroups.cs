namespace PatchOperator.Agent.Units;

/// <summary>Which service of a host a process belongs to, by the control group that systemd keeps it in; see proc_pid_cgroup(5).</summary>
internal sealed class ProcessCgroups
{
    private const string InitScope = "/init.scope";

    // Version 1 has one of systemd's own, version 2 one for all. Where there are both, systemd may keep its units in one alone.
    // Where it keeps them in both, the first counts: containers of version 1 are, in the second, still where the service is that has started them.
    private readonly IReadOnlyList<string> hierarchies = ["name=systemd", ""];

    // The reader may be in a container, or the host itself: what is above the host's own groups is the same for all its processes.
    private readonly string above = "";

    /// <param name="ofInit">What the control groups of the host's PID 1 are: it is in its scope where systemd keeps its units.</param>
    public ProcessCgroups(string ofInit)
    {
        foreach (var hierarchy in hierarchies)
        {
            if (PathIn(ofInit, hierarchy) is not { } path || !path.EndsWith(InitScope, StringComparison.Ordinal))
                continue;
            (hierarchies, above) = ([hierarchy], path[..^InitScope.Length]);
            return;
        }
    }

    /// <summary>Such as <c>ssh.service</c>; null for what is no service of the system: a person's session, a container, another systemd in one.</summary>
    /// <param name="cgroups">What the control groups of the process are.</param>
    public string? Service(string cgroups)
    {
        var path = hierarchies.Select(hierarchy => PathIn(cgroups, hierarchy)).FirstOrDefault(path => path is not null);
        if (path?.StartsWith(above + "/system.slice/", StringComparison.Ordinal) != true)
            return null;
        var parts = path[above.Length..].Split('/');
        var unit = parts.FirstOrDefault(part => part.EndsWith(".service", StringComparison.Ordinal) || part.EndsWith(".scope", StringComparison.Ordinal));
        return unit?.EndsWith(".service", StringComparison.Ordinal) == true ? unit : null;
    }

    private static string? PathIn(string cgroups, string hierarchy) =>
        cgroups.Split('\n').Select(line => line.Split(':', 3)).Where(line => line.Length == 3 && line[1] == hierarchy).Select(line => line[2]).FirstOrDefault();
}
