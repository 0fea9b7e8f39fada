using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>
/// Packages that were downloaded into a folder before they were replaced. rpm cannot make a package of what is installed: what no repository has any more is
/// not kept.
/// </summary>
internal sealed class KeptRpms(HostCommands commands, RpmDatabase database, Progress progress, string folder)
{
    /// <summary>Where each is on the host.</summary>
    public Task<IReadOnlyDictionary<(string Name, string Version), string>> FindAsync(Deadline deadline) => database.FilesInAsync(folder, deadline);

    /// <summary>What a repository has and could not be fetched may be there the next time. All else is left out: no repository has it.</summary>
    /// <exception cref="StepFailureException">DiskFull, or RepositoryUnavailable; nothing was touched.</exception>
    public void ThrowIfAway(StepFailureException failure)
    {
        if (failure.Outcome.Reason is AgentReasons.DiskFull or AgentReasons.RepositoryUnavailable)
            throw new StepFailureException(failure.Outcome with { Message = $"to keep in {folder} what is replaced: {failure.Outcome.Message}" });
    }

    /// <summary>Has what is not there yet downloaded, as far as that is to be had.</summary>
    /// <param name="replaced">What the folder should have.</param>
    /// <param name="download">Downloads some of them into the folder.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<KeptFacts> KeepAsync(
        IReadOnlyList<(string Name, string Version)> replaced, Func<IReadOnlyList<(string Name, string Version)>, Task> download, Deadline deadline)
    {
        var kept = await FindAsync(deadline);
        var missing = replaced.Where(package => !kept.ContainsKey(package)).ToList();
        if (missing.Count > 0)
        {
            progress.Say($"keeping {missing.Count} packages that will be replaced, as far as repositories have them");
            await download(missing);
            kept = await FindAsync(deadline);
        }

        return new KeptFacts(
            replaced.Count(kept.ContainsKey),
            replaced.Where(kept.ContainsKey).Sum(package => new FileInfo(commands.Root.Locate(kept[package])).Length),
            [.. replaced.Where(package => !kept.ContainsKey(package)).Select(package => package.Name)]);
    }
}
