using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Reboots;

/// <summary>Finds out whether a host needs a reboot for what is installed to be what runs.</summary>
/// <param name="root">The host.</param>
/// <param name="initPid">The host's PID 1.</param>
/// <param name="progress">Told which detector has failed.</param>
internal sealed class RebootDetector(HostRoot root, int initPid, Progress progress)
{
    private const int NamedFiles = 3;
    private static readonly string[] BusDaemons = ["dbus-daemon", "dbus-broker"];

    private readonly ProcFiles proc = new(root);

    /// <summary>Null when a detector failed: unknown is neither yes nor no.</summary>
    public RebootFacts? Detect(IReadOnlyList<InstalledPackage> installed, IComparer<string> versions)
    {
        try
        {
            string?[] because = [RebootRequiredFile.Because(root), Kernel(installed, versions), .. Replaced()];
            var lines = because.OfType<string>().ToList();
            return new RebootFacts(lines.Count > 0, lines);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            progress.Say($"cannot find out whether a reboot is due: {error.Message}");
            return null;
        }
    }

    /// <summary>The kernel is the same for the agent and its host.</summary>
    public static string RunningKernel => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    private static string? Kernel(IReadOnlyList<InstalledPackage> installed, IComparer<string> versions) =>
        KernelCheck.Because(RunningKernel, File.ReadAllText("/proc/sys/kernel/version").Trim(), installed, versions);

    /// <summary>Other services can be restarted; PID 1 and the bus that everything hangs on cannot.</summary>
    private IEnumerable<string?> Replaced() => [Replaced(initPid), .. proc.InNamespaceOf(initPid, BusDaemons).Where(pid => pid != initPid).Select(Replaced)];

    private string? Replaced(int pid)
    {
        var files = DeletedMaps.Of(proc.Maps(pid));
        if (files.Count == 0)
            return null;
        var more = files.Count > NamedFiles ? $" and {files.Count - NamedFiles} more" : "";
        return $"{proc.Describe(pid)} runs code that an upgrade has replaced: {string.Join(", ", files.Take(NamedFiles))}{more}";
    }
}
