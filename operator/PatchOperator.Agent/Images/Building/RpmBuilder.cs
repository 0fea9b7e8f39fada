using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>
/// A system of rpm packages from packages alone, all of the recipe included, by the tools' own dnf(8) or zypper(8). What comes after, the image's own does.
/// </summary>
internal sealed class RpmBuilder(ImageJob job, RpmTool tool) : RootBuilder(job, tool.Name)
{
    public override async Task<HostCommands> MakeAsync(CancellationToken stop)
    {
        await Tools.MakeFolderAsync(Root, stop);
        var root = new HostRoot(Root);
        var repositories = new RpmRepositories(root, tool, Job.Request.Source);
        repositories.Write();
        var lent = LentTools.On(root, Job.Request);
        await TrustAsync(lent, stop);
        await InstallAsync(lent, stop);
        var image = ImageRoot.Commands(Root, Job.Request);
        Require(image);
        await RpmHandover.RunAsync(lent, image, stop);
        DnfHistory.RemoveWithoutDnf(root);
        repositories.EmptyOthers();
        return image;
    }

    private async Task TrustAsync(HostCommands lent, CancellationToken stop)
    {
        if (Job.Request.Source.GpgKeys is null)
            return;
        var result = await lent.RunAsync(new HostCommand("rpmkeys", "--import", LentTools.Place + RpmRepositories.Keys), stop);
        if (!result.Succeeded)
            throw new ImageFailureException(ImageReasons.RecipeFailed, $"rpm does not take the keys of source.gpgKeys: {result.Complaint}");
    }

    private async Task InstallAsync(HostCommands lent, CancellationToken stop)
    {
        var packages = tool.Driver(lent, new ImageMutations(lent, Job.Progress), Job.Progress);
        using var deadline = Job.Unlimited(stop);
        Job.Progress.Say($"{tool.Name} installs from {string.Join(" and ", Job.Request.Source.Repositories.Select(repository => repository.BaseUrl))}");
        await RefreshAsync(packages, deadline);
        packages.ThrowIfFailed(
            await packages.AddAsync("recipe.packages.install", Job.Request.Recipe.Install, deadline),
            "the packages of recipe.packages.install cannot be installed");
    }

    private static async Task RefreshAsync(IPackageManager packages, Deadline deadline)
    {
        try
        {
            await packages.RefreshAsync(deadline);
        }
        catch (StepFailureException failure) when (RepositoryFaults.AreOfTheSource(failure.Outcome.Message))
        {
            throw new ImageFailureException(ImageReasons.RecipeFailed, $"source.repositories: {failure.Outcome.Message}");
        }
    }

    /// <summary>Without a package manager of its own an image can neither be scanned nor kept patched.</summary>
    private void Require(HostCommands image)
    {
        try
        {
            if (RootPackages.Of(image, Job.Progress) is var own && own.Name != tool.Name)
                throw new ImageFailureException(
                    ImageReasons.InvalidRequest, $"builder.type is {Job.Request.Builder}, and what source.repositories has is a system of {own.Name}'s");
        }
        catch (StepFailureException failure) when (failure.Outcome.Reason == AgentReasons.UnsupportedSystem)
        {
            throw new ImageFailureException(
                ImageReasons.UnsupportedSystem, $"recipe.packages.install does not have all that an image needs to be patched: {failure.Outcome.Message}");
        }
    }
}
