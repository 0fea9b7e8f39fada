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
    private readonly ImageRequestRecipe recipe = job.Request.Recipe;

    /// <exception cref="StepFailureException">As the package manager's; UnsupportedSystem.</exception>
    public async Task ApplyAsync(CancellationToken stop)
    {
        if (recipe is { Updates: ImageRequestUpdates.None, Install: [] })
            return;
        using var nameServers = LentFile.NameServers(commands.Root);
        using var noServices = LentFile.NoServices(commands.Root);
        using var deadline = job.Unlimited(stop);
        var packages = RootPackages.Of(commands, job.Progress);
        await packages.RefreshAsync(deadline);
        await UpdateAsync(packages, deadline);
        if (recipe.Install.Count > 0)
            packages.ThrowIfFailed(
                await packages.AddAsync("recipe.install", recipe.Install, deadline), "the packages of recipe.install cannot be installed");
    }

    private async Task UpdateAsync(IPackageManager packages, Deadline deadline)
    {
        if (recipe.Updates == ImageRequestUpdates.None)
            return;
        var installed = await packages.InstalledAsync(deadline);
        if (recipe.Hold.Intersect(installed.Select(package => package.Name)).ToList() is { Count: > 0 } held)
        {
            packages.ThrowIfFailed(await packages.HoldAsync("recipe.hold", held, deadline), Recipe.CannotHold);
            installed = await packages.InstalledAsync(deadline);
        }

        var pending = (await packages.PendingAsync(installed, UpdateRules.OfImage, deadline)).Updates;
        var wanted = pending.Where(update => update.Installable && (update.Security || recipe.Updates == ImageRequestUpdates.All));
        var plan = await PatchPlan.MakeAsync([.. wanted.Select(update => new ApprovedUpdate(update.Name, update.Candidate))], installed, packages, deadline);
        job.Progress.Say($"{plan.Upgrades.Count} updates to install");
        if (plan.Upgrades.Count == 0)
            return;
        await packages.CheckAsync(plan, installed, deadline);
        packages.ThrowIfFailed(await packages.InstallAsync("updates", plan, deadline), "the updates cannot be installed");
        await packages.RestoreMarksAsync(installed, await packages.InstalledAsync(deadline), deadline);
    }
}
