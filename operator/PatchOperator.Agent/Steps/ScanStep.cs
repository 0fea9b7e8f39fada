using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Steps;

/// <summary>Looks, and changes nothing but the package lists; and downloads what the request names, if it does. What was downloaded for others goes.</summary>
internal sealed class ScanStep(StepContext context)
{
    // What was found out waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<StepOutcome> RunAsync()
    {
        var packages = await context.OpenPackagesAsync();
        if (context.Request.RefreshPackageLists)
            await packages.RefreshAsync(context.Deadline);
        var scan = await HostScan.RunAsync(context, packages, context.Deadline);
        if (context.Request.Updates.Count > 0)
            return StepOutcome.Completed($"{scan.Summary}; {await StagedAsync(packages, scan.Installed)}");
        await new StagedFiles(context.Commands.Root).KeepAsync([]);
        return StepOutcome.Completed(scan.Summary);
    }

    /// <summary>What was found out is known whatever becomes of it: the turn downloads what is not there.</summary>
    private async Task<string> StagedAsync(IPackageManager packages, IReadOnlyList<InstalledPackage> installed)
    {
        try
        {
            using var patience = context.Deadline.Grace(Patience);
            await packages.WaitUntilIdleAsync(patience);
            return (await new StageStep(context).DownloadAsync(packages, installed)).Message;
        }
        catch (Exception error) when (!context.Deadline.Stopped)
        {
            return $"what is approved could not be downloaded yet: {(error is OperationCanceledException ? "its time ran out" : error.Message)}";
        }
    }
}
