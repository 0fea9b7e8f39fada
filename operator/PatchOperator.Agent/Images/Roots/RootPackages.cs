using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Images.Roots;

/// <summary>
/// The package manager of an image, which is the image's own program, as a node's is: of the version that made the image's database, and with the image's own
/// configuration and keys.
/// </summary>
internal static class RootPackages
{
    /// <exception cref="StepFailureException">UnsupportedSystem, naming the system.</exception>
    public static IPackageManager Of(HostCommands image, Progress progress) =>
        PackageManagers.Detect(OsRelease.Read(image.Root), image, new ImageMutations(image, progress), progress);

    /// <param name="packages">The package manager.</param>
    /// <param name="end">How a change ended.</param>
    /// <param name="what">What is not done then, for the message.</param>
    /// <exception cref="StepFailureException">It has failed.</exception>
    public static void ThrowIfFailed(this IPackageManager packages, MutationEnd end, string what)
    {
        if (!packages.HasFailed(end))
            return;
        // Nobody has the image yet: what is half done goes with it.
        var outcome = packages.Explain(end, untouched: true);
        throw new StepFailureException(outcome with { Message = $"{what}: {outcome.Message}" });
    }
}
