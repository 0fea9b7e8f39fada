using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>What goes for no update, whoever has approved it.</summary>
internal static class RpmProtected
{
    /// <summary>What its configuration names besides, dnf keeps by itself; zypper keeps nothing.</summary>
    private static readonly HashSet<string> Essential =
        ["bash", "coreutils", "dnf", "dnf5", "filesystem", "glibc", "libzypp", "rpm", "systemd", "zypper"];

    /// <summary>The names of those packages that are on hold, that a host cannot be without, or that are of the kernel that runs.</summary>
    public static async Task<IReadOnlyList<string>> AmongAsync(HostCommands commands, IReadOnlyList<InstalledPackage> packages, Deadline deadline)
    {
        var ofKernel = await RpmKernels.OfRunningAsync(commands, packages, deadline);
        return
        [
            .. packages.Where(package => package.Held || Essential.Contains(package.Name) || ofKernel.Contains(package))
                .Select(package => package.Name).Distinct(),
        ];
    }
}
