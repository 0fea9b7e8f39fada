using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Agent.Run;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>What the recipe does to a root file system that has its packages and updates: the same for every builder.</summary>
internal sealed class Recipe(ImageJob job, HostCommands commands)
{
    public const string CannotHold = "the packages of recipe.hold cannot be put on hold";

    private readonly ImageRequestRecipe recipe = job.Request.Recipe;

    /// <exception cref="ImageFailureException">RecipeFailed, naming what failed; DiskFull.</exception>
    /// <exception cref="StepFailureException">As the package manager's; UnsupportedSystem.</exception>
    public async Task ApplyAsync(CancellationToken stop)
    {
        using var nameServers = LentFile.NameServers(commands.Root);
        using var noServices = LentFile.NoServices(commands.Root);
        // Scripts alone go with any system.
        if (recipe is not { Remove: [], Hold: [] })
        {
            using var deadline = job.Unlimited(stop);
            var packages = RootPackages.Of(commands, job.Progress);
            await RemoveAsync(packages, deadline);
            await HoldAsync(packages, deadline);
        }

        foreach (var script in recipe.Scripts)
            await RunAsync(script, stop);
    }

    /// <summary>What is not there need not be removed.</summary>
    private async Task RemoveAsync(IPackageManager packages, Deadline deadline)
    {
        var names = recipe.Remove.Except(await MissingAsync(recipe.Remove, packages, deadline)).ToList();
        if (names.Count > 0)
            packages.ThrowIfFailed(await packages.RemoveAsync("recipe.remove", names, deadline), "the packages of recipe.remove cannot be removed");
    }

    private async Task HoldAsync(IPackageManager packages, Deadline deadline)
    {
        var missing = await MissingAsync(recipe.Hold, packages, deadline);
        if (missing.Count > 0)
            throw new ImageFailureException(
                ImageReasons.RecipeFailed, $"recipe.hold names packages that the image does not have: {string.Join(", ", missing)}");
        if (recipe.Hold.Count > 0)
            packages.ThrowIfFailed(await packages.HoldAsync("recipe.hold", recipe.Hold, deadline), CannotHold);
    }

    private static async Task<IReadOnlyList<string>> MissingAsync(IReadOnlyList<string> names, IPackageManager packages, Deadline deadline) =>
        names.Count == 0 ? [] : [.. names.Except((await packages.InstalledAsync(deadline)).Select(package => package.Name))];

    private async Task RunAsync(ImageRequestScript script, CancellationToken stop)
    {
        job.Progress.Say($"script {script.Name}");
        var talking = new TalkingCommand(commands, new HostCommand("/bin/sh", "-e", "-c", script.Run), job.Progress);
        var exitCode = await talking.RunAsync(stop);
        if (exitCode != 0)
            throw new ImageFailureException(
                AptMessages.IsDiskFull(talking.Said) ? ImageReasons.DiskFull : ImageReasons.RecipeFailed,
                $"the script '{script.Name}' failed with exit code {exitCode}: {AptMessages.Tail(talking.Said)}");
    }
}
