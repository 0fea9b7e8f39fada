using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>Keeps packages before they are replaced, and finds out how to bring them back.</summary>
/// <param name="commands">Of the host.</param>
/// <param name="dnf">Its command lines.</param>
/// <param name="database">Of the host.</param>
/// <param name="progress">Told what goes on.</param>
/// <param name="explain">Why a download has failed.</param>
internal sealed class DnfRestore(
    HostCommands commands, DnfCommands dnf, RpmDatabase database, Progress progress, Func<CommandResult, StepFailureException> explain)
{
    /// <param name="transaction">What is about to be done.</param>
    /// <param name="folder">A folder of the host.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<Keeping> KeepAsync(DnfTransaction transaction, string folder, Deadline deadline)
    {
        var leaving = transaction.Leaving.Select(item => (item.Name, item.Version)).Distinct().ToList();
        return new Keeping(
            [.. transaction.Installs.Concat(transaction.Leaving).Select(item => item.Name).Distinct()],
            await Kept(folder).KeepAsync(leaving, missing => DownloadAsync(missing, folder, deadline), deadline));
    }

    /// <summary>What is not to be had, it leaves out, and fails where it is all.</summary>
    private async Task DownloadAsync(IReadOnlyList<(string Name, string Version)> packages, string folder, Deadline deadline)
    {
        var nevras = (await OffersAsync(dnf.Installed, deadline))
            .Where(package => packages.Contains((package.Name, package.Version))).Select(package => package.Nevra);
        // Where a repository cannot be read, dnf goes on with the others, and may end well.
        Kept(folder).ThrowIfAway(explain(await commands.RunAsync(dnf.Download(nevras, folder), deadline.Token)));
    }

    private KeptRpms Kept(string folder) => new(commands, database, progress, folder);

    /// <summary>In one transaction.</summary>
    /// <exception cref="StepFailureException">NotBroughtBack: there is no way, or dnf would do anything else as well; nothing was touched.</exception>
    public async Task<DnfWayBack> PlanAsync(Restoration restoration, string folder, Deadline deadline)
    {
        var native = await database.ArchitectureAsync(deadline);
        var way = new DnfWayBack(await ComingAsync(restoration.Back, folder, deadline), await GoingAsync(restoration.Gone, deadline), $"{folder}/script");
        await File.WriteAllTextAsync(
            commands.Root.Locate(way.Script), $"{Line("install", way.Coming)}{Line("remove", way.Going)}run\n", deadline.Token);
        var result = await commands.RunAsync(dnf.SimulateRestore(way), deadline.Token);
        if (!dnf.IsResolved(result))
        {
            var problems = DnfMessages.Problems(result.Errors);
            throw Restoration.Failure($"dnf finds no way back: {(problems.Length > 0 ? problems : DnfMessages.Tail(result.Errors))}");
        }

        var transaction = dnf.ReadTransaction(result.Output, native);
        restoration.ThrowIfOther(
            "dnf",
            transaction.Installs.Select(item => (item.Name, item.Version)),
            transaction.Replaced.Concat(transaction.Removals).Select(item => (item.Name, (string?)item.Version)),
            // dnf 4 says so in passing, and goes on without.
            DnfMessages.Problems(result.Output));
        return way;
    }

    private static string Line(string command, IReadOnlyList<string> packages) => packages.Count == 0 ? "" : $"{command} {string.Join(' ', packages)}\n";

    /// <summary>Files, and what repositories still have.</summary>
    private async Task<IReadOnlyList<string>> ComingAsync(IReadOnlyList<InstalledPackage> packages, string folder, Deadline deadline)
    {
        if (packages.Count == 0)
            return [];
        var kept = await Kept(folder).FindAsync(deadline);
        var offers = await OffersAsync(dnf.Available(packages.Select(package => package.Name)), deadline);
        var found = packages.ToDictionary(package => package, package => kept.GetValueOrDefault((package.Name, package.Version)) ?? Nevra(offers, package));
        var missing = found.Where(package => package.Value is null).Select(package => $"{package.Key.Name} {package.Key.Version}").ToList();
        return missing.Count == 0 ? [.. found.Values.OfType<string>()] : throw Restoration.Failure($"no repository has {string.Join(", ", missing)} any more");
    }

    private async Task<IReadOnlyList<string>> GoingAsync(IReadOnlyList<InstalledPackage> packages, Deadline deadline)
    {
        var here = packages.Count == 0 ? [] : await OffersAsync(dnf.Installed, deadline);
        return [.. packages.Select(package => Nevra(here, package)).OfType<string>()];
    }

    private async Task<IReadOnlyList<DnfOffer>> OffersAsync(HostCommand query, Deadline deadline) =>
        DnfOffer.ParseAll(await commands.ReadAsync(query, deadline.Token), await database.ArchitectureAsync(deadline));

    private static string? Nevra(IEnumerable<DnfOffer> offers, InstalledPackage package) =>
        offers.FirstOrDefault(offer => offer.Name == package.Name && offer.Version == package.Version)?.Nevra;
}
