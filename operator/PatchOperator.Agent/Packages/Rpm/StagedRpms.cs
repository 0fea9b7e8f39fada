using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>
/// Packages that are downloaded before they are installed. dnf and zypper delete what they have installed, unless the host keeps what is downloaded:
/// dnf.conf(5), keepcache; zypper's keep-packages.
/// </summary>
/// <param name="root">The host.</param>
/// <param name="database">Of the host.</param>
/// <param name="cache">The folder below which they are downloaded to.</param>
internal sealed class StagedRpms(HostRoot root, RpmDatabase database, string cache)
{
    private readonly StagedFiles staged = new(root);

    /// <summary>Has packages downloaded, and remembers what has come with that. What was downloaded for others goes.</summary>
    public Task StageAsync(IEnumerable<(string Name, string Version)> packages, Func<Task> download, Deadline deadline) =>
        staged.StageAsync(cache, download, () => database.FilesOfAsync(packages, cache, deadline));

    /// <summary>Has packages installed. What was downloaded for others goes.</summary>
    /// <param name="packages">All that comes.</param>
    /// <param name="install">Installs them.</param>
    /// <param name="isDone">Whether they are, by how that has ended: else they stay for another attempt.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<MutationEnd> InstallAsync(
        IEnumerable<(string Name, string Version)> packages, Func<Task<MutationEnd>> install, Func<MutationEnd, bool> isDone, Deadline deadline)
    {
        if (staged.Any)
            staged.Keep(await database.FilesOfAsync(packages, cache, deadline));
        var end = await install();
        if (isDone(end))
            staged.Forget();
        return end;
    }
}
