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

    /// <summary>
    /// Null when a detector could not tell and none says that a reboot is due: unknown is neither yes nor no, and doubt takes nothing from a yes.
    /// </summary>
    /// <param name="packages">What the package manager has found.</param>
    public RebootFacts? Detect(IReadOnlyList<RebootFinding> packages)
    {
        List<RebootFinding> findings = [.. packages, .. Replaced()];
        var lines = findings.Select(finding => finding.Because).OfType<string>().Distinct().ToList();
        var doubts = findings.Select(finding => finding.Doubt).OfType<string>().ToList();
        if (doubts.Count > 0)
            progress.Say($"cannot find out whether a reboot is due: {string.Join("; ", doubts)}");
        return lines.Count == 0 && doubts.Count > 0 ? null : new RebootFacts(lines.Count > 0, lines);
    }

    /// <summary>Other services can be restarted; PID 1 and the bus that everything hangs on cannot.</summary>
    private IReadOnlyList<RebootFinding> Replaced()
    {
        try
        {
            return [.. proc.InNamespaceOf(initPid, BusDaemons).Where(pid => pid != initPid).Prepend(initPid).Select(Replaced).Select(RebootFinding.Of)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [RebootFinding.Unknown(error.Message)];
        }
    }

    private string? Replaced(int pid)
    {
        var files = DeletedMaps.Of(proc.Maps(pid));
        if (files.Count == 0)
            return null;
        return $"{proc.Describe(pid)} runs code that an upgrade has replaced: {Naming.Of(files, NamedFiles)}";
    }
}
