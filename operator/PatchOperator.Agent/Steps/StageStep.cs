using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>Downloads what the patch step will install, and finds out beforehand what would stop it. Installs nothing.</summary>
internal sealed class StageStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync()
    {
        var packages = await context.OpenPackagesAsync();
        await packages.WaitUntilIdleAsync(context.Deadline);
        await context.RefreshAsync(packages);
        var installed = await packages.InstalledAsync(context.Deadline);
        // The patch step mends what an interrupted run has left before it installs anything: until then nothing else can be planned.
        return packages.IsInterrupted(installed)
            ? StepOutcome.Completed("nothing was downloaded: packages are not whole, and are mended by the patch step")
            : await DownloadAsync(packages, installed, await context.UpdatesAsync(packages));
    }

    /// <summary>The same, once it is known what is installed and offered, and that packages are whole.</summary>
    public async Task<StepOutcome> DownloadAsync(
        IPackageManager packages, IReadOnlyList<InstalledPackage> installed, IReadOnlyList<ApprovedUpdate> updates)
    {
        var frozen = await packages.FreezeAsync(updates, context.Request.Freeze, context.Deadline);
        var plan = await PatchPlan.MakeAsync(frozen.ToInstall, installed, packages, context.Deadline);
        if (plan.Upgrades.Count == 0)
        {
            new StagedFiles(context.Commands.Root).Drop();
            return new StepOutcome(
                AgentResult.NothingToDo, AgentReasons.NothingToDo, $"all approved updates that apply to this host are installed{plan.Remark}");
        }

        try
        {
            await packages.CheckAsync(plan, installed, context.Deadline);
        }
        catch (StepFailureException error) when (error.Outcome.Reason == AgentReasons.DiskFull && context.Request.RemoveOldKernels)
        {
            return StepOutcome.Completed($"nothing was downloaded, and the patch step, which first removes old kernels, looks again: {error.Outcome.Message}");
        }

        await packages.StageAsync(plan, context.Request.StagingBytesPerSecond, context.Deadline);
        return StepOutcome.Completed($"{plan.Upgrades.Count} updates are downloaded{plan.Remark}");
    }
}
