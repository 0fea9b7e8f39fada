using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>What <c>zypper needs-rebooting</c> says: packages have asked for it, or are of those after which a reboot is due, see zypper(8).</summary>
internal static class ZypperReboot
{
    public static RebootFinding Examine(CommandResult result) => result.ExitCode switch
    {
        0 => RebootFinding.No,
        102 => RebootFinding.Due("zypper needs-rebooting says that core libraries or services have been updated"),
        _ => RebootFinding.Unknown($"zypper needs-rebooting failed with exit code {result.ExitCode}: {ZypperMessages.Tail(result.Output + result.Errors)}"),
    };
}
