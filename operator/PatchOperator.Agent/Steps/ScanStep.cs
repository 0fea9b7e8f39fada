using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Steps;

/// <summary>Looks and changes nothing but the package lists.</summary>
internal sealed class ScanStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync()
    {
        var packages = await context.OpenPackagesAsync();
        if (context.Request.RefreshPackageLists)
            await packages.RefreshAsync(context.Deadline);
        var scan = await HostScan.RunAsync(context, packages, context.Deadline);
        return StepOutcome.Completed(scan.Summary);
    }
}
