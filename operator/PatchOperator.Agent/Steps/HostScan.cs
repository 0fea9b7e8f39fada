using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>
/// Finds out what is installed and whether it is whole, what is pending, whether a reboot is due and which services run code that was replaced, and notes it in
/// the report.
/// </summary>
internal static class HostScan
{
    /// <param name="context">The step's.</param>
    /// <param name="packages">The host's.</param>
    /// <param name="deadline">How long it may take.</param>
    /// <param name="justRead">What is installed, where that was read just now.</param>
    /// <returns>What was found, for a message.</returns>
    public static async Task<HostScanResult> RunAsync(
        StepContext context, IPackageManager packages, Deadline deadline, IReadOnlyList<InstalledPackage>? justRead = null)
    {
        var installed = await InstalledAsync(packages, deadline, justRead);
        context.Draft.Installed = PackageList.Facts(installed);
        context.Draft.Incomplete = [.. installed.Where(package => !package.Complete).Select(package => new IncompletePackage(package.Name, package.State))];
        context.Draft.Reboot = context.Reboots.Detect(await packages.RebootsAsync(installed, deadline));
        context.Draft.OutdatedServices = await new OutdatedServices(context).FindAsync(deadline);
        var lists = await packages.ListsAsync(deadline);
        context.Draft.Lists = lists;
        var pending = await packages.PendingAsync(installed, context.Rules, deadline);
        (context.Draft.Pending, context.Draft.Advisories) = (pending.Updates, pending.Advisories);
        return new HostScanResult(installed, pending.Updates, lists);
    }

    /// <summary>What another process is in the middle of is not broken: it is waited for.</summary>
    private static async Task<IReadOnlyList<InstalledPackage>> InstalledAsync(
        IPackageManager packages, Deadline deadline, IReadOnlyList<InstalledPackage>? justRead)
    {
        var installed = justRead ?? await packages.InstalledAsync(deadline);
        if (installed.All(package => package.Complete))
            return installed;
        await packages.WaitUntilIdleAsync(deadline);
        return await packages.InstalledAsync(deadline);
    }
}
