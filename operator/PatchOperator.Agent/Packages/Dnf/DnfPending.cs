using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>Finds what repositories offer above what is installed: what dnf would install now, what it would not and why, and what of it is security.</summary>
/// <param name="commands">Of the host.</param>
/// <param name="native">Its architecture.</param>
/// <param name="securitySources">Repositories that count as security whatever advisories say.</param>
internal sealed class DnfPending(HostCommands commands, string native, IReadOnlyList<SecuritySource> securitySources)
{
    public async Task<PendingUpdates> FindAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var result = await commands.RunAsync(DnfCommands.SimulateUpgrade, deadline.Token);
        var upgrade = DnfTransaction.IsResolved(result) ? DnfTransaction.Parse(result.Output, native) : DnfTransaction.Nothing;
        var list = await ReadAsync(DnfCommands.AdvisoryPackages, deadline);
        var advisories = DnfAdvisories.Parse(list, string.IsNullOrWhiteSpace(list) ? "" : await ReadAsync(DnfCommands.Advisories, deadline), native);
        var offers = new DnfOffers(
            DnfOffer.ParseAll(await ReadAsync(DnfCommands.Upgrades, deadline), native),
            DnfOffer.ParseAll(await ReadAsync(DnfCommands.AllUpgrades, deadline), native),
            advisories,
            DnfRepository.ParseAll(await ReadAsync(DnfCommands.Repositories, deadline)),
            securitySources);
        var obstacles = new DnfObstacles(commands, offers, DnfTransaction.IsResolved(result) ? null : DnfMessages.Problems(result.Errors));
        var updates = new List<PendingUpdate>();
        foreach (var update in Candidates(installed, upgrade, offers).Select(offers.Judge).OrderByDescending(update => update.Security))
            updates.Add(await obstacles.JudgeAsync(update, deadline));
        var needed = await NeededBySecurityAsync(updates, offers, deadline);
        updates = [.. updates.Select(update => needed.Contains(update.Name) && update.Installable ? update with { Security = true } : update)];
        return new PendingUpdates(
            [.. updates.OrderBy(update => update.Name, StringComparer.Ordinal).ThenBy(update => update.Candidate, RpmVersions.Order)], advisories.Of(updates));
    }

    /// <summary>What would be installed, as not blocked; and, marked as blocked by nothing said yet, what should be.</summary>
    private static IEnumerable<PendingUpdate> Candidates(IReadOnlyList<InstalledPackage> installed, DnfTransaction upgrade, DnfOffers offers)
    {
        var here = PackageList.Newest(installed, RpmVersions.Order);
        var upgrades = upgrade.Installs.ToLookup(item => item.Name, item => item.Version);
        foreach (var (name, version) in upgrade.Installs)
        {
            if (here.GetValueOrDefault(name) is not { Held: true })
                yield return new PendingUpdate(name, here.GetValueOrDefault(name)?.Version ?? "", version, Security: false, Held: false);
        }

        foreach (var package in here.Values)
        {
            if (offers.Beyond(package, package.Held ? null : upgrades[package.Name].Max(RpmVersions.Order)) is { } version)
                yield return new PendingUpdate(package.Name, package.Version, version, Security: false, package.Held, package.Held ? null : "");
        }
    }

    private Task<string> ReadAsync(HostCommand command, Deadline deadline) => commands.ReadAsync(command, deadline.Token);

    /// <summary>
    /// The names of all that would come with the security updates alone. Where dnf finds no way to install them alone, everything counts as needed: rather too
    /// much approved than a fix that never installs.
    /// </summary>
    private async Task<HashSet<string>> NeededBySecurityAsync(List<PendingUpdate> updates, DnfOffers offers, Deadline deadline)
    {
        var installable = updates.Where(update => update.Installable).ToList();
        var security = installable.Where(update => update.Security).Select(update => offers.Nevra(update.Name, update.Candidate)).OfType<string>().ToList();
        if (security.Count == 0 || installable.All(update => update.Security))
            return [];
        var result = await commands.RunAsync(DnfCommands.SimulateInstall(new DnfRequest(security, [])), deadline.Token);
        return DnfTransaction.IsResolved(result)
            ? [.. DnfTransaction.Parse(result.Output, native).Installs.Select(install => install.Name)]
            : [.. installable.Select(update => update.Name)];
    }
}
