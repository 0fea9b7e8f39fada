using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>What the recipe does to a root file system that has its packages and updates: the same for every builder.</summary>
internal sealed class Recipe(ImageJob job, HostCommands commands)
{
    private readonly ImageRequestRecipe recipe = job.Request.Recipe;

    /// <exception cref="ImageFailureException">RecipeFailed, naming what failed; DiskFull.</exception>
    public async Task ApplyAsync(CancellationToken stop)
    {
        using var nameServers = LentFile.NameServers(commands.Root);
        using var noServices = LentFile.NoServices(commands.Root);
        await RemoveAsync(stop);
        await HoldAsync(stop);
        foreach (var script in recipe.Scripts)
            await RunAsync(script, stop);
    }

    /// <summary>What is not there need not be removed, and apt has no list by which to tell a package that is not there from none at all.</summary>
    private async Task RemoveAsync(CancellationToken stop)
    {
        var names = (await InstalledAsync(recipe.Remove, stop)).Intersect(recipe.Remove).ToList();
        if (names.Count == 0)
            return;
        job.Progress.Say($"removing {string.Join(' ', names)}");
        await RunAsync("the packages of recipe.remove cannot be removed", AptGet.Purge(names), stop);
    }

    private async Task HoldAsync(CancellationToken stop)
    {
        var missing = recipe.Hold.Except(await InstalledAsync(recipe.Hold, stop)).ToList();
        if (missing.Count > 0)
            throw new ImageFailureException(
                ImageReasons.RecipeFailed, $"recipe.hold names packages that the image does not have: {string.Join(", ", missing)}");
        if (recipe.Hold.Count > 0)
            await RunAsync("the packages of recipe.hold cannot be put on hold", AptGet.Hold(recipe.Hold), stop);
    }

    private Task RunAsync(ImageRequestScript script, CancellationToken stop)
    {
        job.Progress.Say($"script {script.Name}");
        return RunAsync($"the script '{script.Name}' failed", new HostCommand("/bin/sh", "-e", "-c", script.Run), stop);
    }

    private async Task RunAsync(string failure, HostCommand command, CancellationToken stop)
    {
        var talking = new TalkingCommand(commands, command, job.Progress);
        var exitCode = await talking.RunAsync(stop);
        if (exitCode != 0)
            throw new ImageFailureException(
                AptMessages.IsDiskFull(talking.Said) ? ImageReasons.DiskFull : ImageReasons.RecipeFailed,
                $"{failure} with exit code {exitCode}: {AptMessages.Tail(talking.Said)}");
    }

    /// <param name="asked">Nothing asked needs no package manager: scripts alone go with any system.</param>
    /// <param name="stop">Ends it.</param>
    private async Task<IReadOnlyList<string>> InstalledAsync(IReadOnlyList<string> asked, CancellationToken stop)
    {
        if (asked.Count == 0)
            return [];
        var native = (await commands.ReadAsync(AptCommands.Architecture, stop)).Trim();
        return [.. DpkgStatus.Parse(await commands.ReadAsync(AptCommands.Installed, stop), native, new HashSet<string>()).Select(package => package.Name)];
    }
}
