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
        await context.RefreshAsync(packages);
        var scan = await HostScan.RunAsync(context, packages, context.Deadline);
        if (context.Request.Updates.Count == 0)
        {
            if (context.Request.DropStaged)
                new StagedFiles(context.Commands.Root).Drop();
            return StepOutcome.Completed(scan.Summary);
        }

        var (staged, failure) = await StageAsync(packages, scan.Installed);
        context.Draft.StagingFailure = failure;
        return StepOutcome.Completed($"{scan.Summary}; {staged ?? $"what is approved could not be downloaded yet: {failure}"}");
    }

    /// <summary>What was found out is known whatever becomes of it: the turn downloads what is not there.</summary>
    private async Task<(string? Done, string? Failure)> StageAsync(IPackageManager packages, IReadOnlyList<InstalledPackage> installed)
    {
        if (packages.IsInterrupted(installed))
            return (null, "packages are not whole, and are mended by the patch step");
        try
        {
            using var patience = context.Deadline.Grace(Patience);
            await packages.WaitUntilIdleAsync(patience);
            return ((await new StageStep(context).DownloadAsync(packages, installed, context.Request.Updates)).Message, null);
        }
        catch (Exception error) when (!context.Deadline.Stopped)
        {
            return (null, error is OperationCanceledException ? "its time ran out" : error.Message);
        }
    }
}
