using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>Keeps packages before they are replaced, and finds out how to bring them back.</summary>
/// <param name="commands">Of the host.</param>
/// <param name="queries">Of the host.</param>
/// <param name="database">Of the host.</param>
/// <param name="progress">Told what goes on.</param>
/// <param name="explain">Why a download has failed.</param>
internal sealed class ZypperRestore(
    HostCommands commands, ZypperQueries queries, RpmDatabase database, Progress progress, Func<CommandResult, StepFailureException> explain)
{
    /// <param name="summary">What is about to be done.</param>
    /// <param name="installed">What is installed.</param>
    /// <param name="folder">A folder of the host.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<Keeping> KeepAsync(ZypperSummary summary, IReadOnlyList<InstalledPackage> installed, string folder, Deadline deadline)
    {
        var leaving = summary.Installs.Where(install => install.From.Length > 0).Select(install => (install.Name, Version: install.From))
            .Concat(installed.Where(package => summary.Removals.Contains(package.Name)).Select(package => (package.Name, package.Version)))
            .Distinct().ToList();
        return new Keeping(
            [.. summary.Installs.Select(install => install.Name).Concat(summary.Removals).Distinct()],
            await Kept(folder).KeepAsync(leaving, missing => DownloadAsync(missing, folder, deadline), deadline));
    }

    /// <summary>zypper downloads all that it is asked for or nothing.</summary>
    private async Task DownloadAsync(IReadOnlyList<(string Name, string Version)> packages, string folder, Deadline deadline)
    {
        var offers = await queries.OffersAsync(packages.Select(package => package.Name), deadline);
        var offered = packages.Where(package => offers.Has(package.Name, package.Version))
            .Select(package => new ApprovedUpdate(package.Name, package.Version)).ToList();
        if (offered.Count == 0)
            return;
        var result = await queries.RunAsync(ZypperCommands.Download(offered, folder), deadline);
        if (!ZypperExitCodes.IsDone(result.ExitCode))
            Kept(folder).ThrowIfAway(explain(result));
    }

    private KeptRpms Kept(string folder) => new(commands, database, progress, folder);

    /// <returns>What to ask zypper for.</returns>
    /// <exception cref="StepFailureException">NotBroughtBack: there is no way, or zypper would do anything else as well; nothing was touched.</exception>
    public async Task<IReadOnlyList<string>> PlanAsync(Restoration restoration, string folder, Deadline deadline)
    {
        var kept = await Kept(folder).FindAsync(deadline);
        IReadOnlyList<string> request =
        [
            .. restoration.Back.Select(package => kept.GetValueOrDefault((package.Name, package.Version)) ?? $"{package.Name}={package.Version}"),
            .. restoration.Gone.Select(package => $"!{package.Name}={package.Version}"),
        ];
        var answer = ZypperAnswer.Parse(await queries.RunAsync(ZypperCommands.SimulateRestore(request), deadline));
        if (answer is null || answer.Complaints.Count > 0 || !ZypperExitCodes.IsAnswer(answer.ExitCode))
            throw Restoration.Failure($"zypper finds no way back: {string.Join("; ", answer is null ? ["it does not answer"] : answer.Complaints)}");
        var summary = await queries.SummaryAsync(answer, deadline);
        restoration.ThrowIfOther(
            "zypper", summary.Installs.Select(install => (install.Name, install.To)), summary.Removals.Select(name => (name, (string?)null)));
        return request;
    }
}
