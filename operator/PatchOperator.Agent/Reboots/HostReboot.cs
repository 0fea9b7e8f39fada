using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Reboots;

/// <summary>How this host is rebooted in order.</summary>
internal static class HostReboot
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private static readonly string[] Programs = ["/sbin/reboot", "/usr/sbin/reboot"];

    /// <summary>Which boot this is, as the kubelet tells it; null where the host does not say.</summary>
    public static string? BootId(HostRoot root) => root.FileExists(BootIdFile) ? File.ReadAllText(root.Locate(BootIdFile)).Trim() : null;

    /// <exception cref="StepFailureException">RebootFailed: there is no way.</exception>
    public static HostCommand Find(HostRoot root)
    {
        if (SystemdMutations.AreAvailable(root))
            return new HostCommand("systemctl", "reboot");
        return Programs.FirstOrDefault(root.FileExists) is { } program
            ? new HostCommand(program)
            : throw StepFailureException.Precondition(AgentReasons.RebootFailed, "the host runs no systemd and has no /sbin/reboot: reboot it by other means");
    }
}
