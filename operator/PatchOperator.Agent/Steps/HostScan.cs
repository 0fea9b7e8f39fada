using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>Finds out what is installed and whether it is whole, what is pending and whether a reboot is due, and notes it in the report.</summary>
internal static class HostScan
{
    /// <returns>What was found, for a message.</returns>
    public static async Task<HostScanResult> RunAsync(StepContext context, IPackageManager packages, Deadline deadline)
    {
        var installed = await InstalledAsync(packages, deadline);
        context.Draft.Installed = PackageList.Facts(installed);
        context.Draft.Incomplete = [.. installed.Where(package => !package.Complete).Select(package => new IncompletePackage(package.Name, package.State))];
        context.Draft.Reboot = context.Reboots.Detect(await packages.RebootsAsync(installed, deadline));
        var lists = await packages.ListsAsync(deadline);
        context.Draft.Lists = lists;
        var pending = await packages.PendingAsync(installed, context.Rules, deadline);
        (context.Draft.Pending, context.Draft.Advisories) = (pending.Updates, pending.Advisories);
        return new HostScanResult(installed, pending.Updates, lists);
    }

    /// <summary>What another process is in the middle of is not broken: it is waited for.</summary>
    private static async Task<IReadOnlyList<InstalledPackage>> InstalledAsync(IPackageManager packages, Deadline deadline)
    {
        var installed = await packages.InstalledAsync(deadline);
        if (installed.All(package => package.Complete))
            return installed;
        await packages.WaitUntilIdleAsync(deadline);
        return await packages.InstalledAsync(deadline);
    }
}
