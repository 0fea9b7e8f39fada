namespace PatchOperator.Agent.Hosts;

/// <summary>The processes of the host, as <c>/proc</c> shows them to an agent in the host's PID namespace.</summary>
internal sealed class ProcFiles(HostRoot root)
{
    private readonly string proc = Directory.Exists(root.Locate("/proc/1")) ? root.Locate("/proc") : "/proc";

    /// <summary>The process's short name, see proc_pid_comm(5); null when it is gone.</summary>
    public string? Name(int pid) => TryRead(pid, "comm")?.TrimEnd('\n');

    /// <summary>What maps(5) says. Needs the right to trace the process.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">No right to look.</exception>
    public string Maps(int pid) => File.ReadAllText(Path(pid, "maps"));

    /// <summary>The same; null where it is gone.</summary>
    /// <exception cref="UnauthorizedAccessException">No right to look.</exception>
    public string? MapsOf(int pid)
    {
        try
        {
            return Maps(pid);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The control groups that it is in, see proc_pid_cgroup(5); null when it is gone.</summary>
    public string? Cgroups(int pid) => TryRead(pid, "cgroup");

    /// <summary>All processes.</summary>
    public IEnumerable<int> Pids() => ToNumbers(Directory.EnumerateDirectories(proc).Select(path => System.IO.Path.GetFileName(path)));

    /// <summary>The processes of this name in the mount namespace of <paramref name="init"/>: not those of containers.</summary>
    public IReadOnlyList<int> InNamespaceOf(int init, params IReadOnlyCollection<string> names)
    {
        var home = MountNamespace(init);
        return [.. Pids().Where(pid => Name(pid) is { } name && names.Contains(name) && MountNamespace(pid) == home)];
    }

    /// <summary>For a person: <c>apt-get (process 4711)</c>.</summary>
    public string Describe(int pid) => pid > 0 ? $"{Name(pid) ?? "a process"} (process {pid})" : "a process outside the agent's PID namespace";

    private static IEnumerable<int> ToNumbers(IEnumerable<string> names) =>
        names.Select(name => int.TryParse(name, out var pid) ? pid : 0).Where(pid => pid > 0);

    private string? MountNamespace(int pid)
    {
        try
        {
            return new FileInfo(Path(pid, "ns/mnt")).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? TryRead(int pid, string file)
    {
        try
        {
            return File.ReadAllText(Path(pid, file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Path(int pid, string file) => $"{proc}/{pid}/{file}";
}
