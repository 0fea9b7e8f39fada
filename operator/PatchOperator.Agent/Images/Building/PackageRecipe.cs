using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>Updates and new packages for a root file system that exists already, by its own package manager.</summary>
internal sealed class PackageRecipe(ImageJob job, HostCommands commands)
{
    /// <summary>The Job has a deadline of its own, which ends the container.</summary>
    private static readonly TimeSpan NoLimit = TimeSpan.FromDays(7);

    private readonly ImageRequestRecipe recipe = job.Request.Recipe;

    public async Task ApplyAsync(CancellationToken stop)
    {
        if (recipe is { Updates: ImageRequestUpdates.None, Install: [] })
            return;
        using var nameServers = LentFile.NameServers(commands.Root);
        using var noServices = LentFile.NoServices(commands.Root);
        using var deadline = new Deadline(NoLimit, job.Time, stop);
        try
        {
            var packages = PackageManagers.Detect(OsRelease.Read(commands.Root), commands, new ImageMutations(commands, job.Progress), job.Progress);
            await packages.RefreshAsync(deadline);
            await UpdateAsync(packages, deadline);
        }
        catch (StepFailureException failure)
        {
            throw StepFailures.Translate(failure, ImageReasons.RecipeFailed);
        }

        if (recipe.Install.Count > 0)
            await InstallAsync(stop);
    }

    private async Task UpdateAsync(IPackageManager packages, Deadline deadline)
    {
        if (recipe.Updates == ImageRequestUpdates.None)
            return;
        var installed = await packages.InstalledAsync(deadline);
        if (recipe.Hold.Intersect(installed.Select(package => package.Name)).ToList() is { Count: > 0 } held)
        {
            await commands.ReadAsync(AptGet.Hold(held), deadline.Token);
            installed = await packages.InstalledAsync(deadline);
        }

        var pending = (await packages.PendingAsync(installed, UpdateRules.OfImage, deadline)).Updates;
        var wanted = pending.Where(update => update.Installable && (update.Security || recipe.Updates == ImageRequestUpdates.All));
        var plan = await PatchPlan.MakeAsync([.. wanted.Select(update => new ApprovedUpdate(update.Name, update.Candidate))], installed, packages, deadline);
        job.Progress.Say($"{plan.Upgrades.Count} updates to install");
        if (plan.Upgrades.Count == 0)
            return;
        await packages.CheckAsync(plan, installed, deadline);
        var end = await packages.InstallAsync("updates", plan, deadline);
        if (packages.HasFailed(end))
            throw AptFailures.Explain($"the updates cannot be installed, apt-get ended with exit code {end.ExitCode}", end.Log);
        await packages.RestoreMarksAsync(installed, await packages.InstalledAsync(deadline), deadline);
    }

    private async Task InstallAsync(CancellationToken stop)
    {
        job.Progress.Say($"installing {string.Join(' ', recipe.Install)}");
        var apt = new TalkingCommand(commands, AptGet.Install(recipe.Install), job.Progress);
        if (await apt.RunAsync(stop) is not 0 and var exitCode)
            throw AptFailures.Explain($"the packages of recipe.install cannot be installed, apt-get ended with exit code {exitCode}", apt.Said);
    }
}
