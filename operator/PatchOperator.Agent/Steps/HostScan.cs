using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Steps;

/// <summary>Finds out what is installed, what is pending and whether a reboot is due, and notes it in the report.</summary>
internal static class HostScan
{
    /// <returns>What was found, for a message.</returns>
    public static async Task<HostScanResult> RunAsync(StepContext context, IPackageManager packages, Deadline deadline)
    {
        var installed = await packages.InstalledAsync(deadline);
        context.Draft.Installed = PackageList.Facts(installed);
        context.Draft.Reboot = context.Reboots.Detect(installed, packages.Versions);
        var pending = await packages.PendingAsync(installed, deadline);
        context.Draft.Pending = pending.Updates;
        return new HostScanResult(installed, pending);
    }
}
