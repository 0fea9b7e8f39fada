using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Reboots;

/// <summary>How this host is rebooted in order.</summary>
internal static class HostReboot
{
    private static readonly string[] Programs = ["/sbin/reboot", "/usr/sbin/reboot"];

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
