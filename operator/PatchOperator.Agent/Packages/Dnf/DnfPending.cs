using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>Finds what repositories offer above what is installed: what dnf would install now, what it would not and why, and what of it is security.</summary>
/// <param name="commands">Of the host.</param>
/// <param name="dnf">Its generation of dnf.</param>
/// <param name="native">Its architecture.</param>
/// <param name="rules">By what it is judged.</param>
internal sealed class DnfPending(HostCommands commands, DnfCommands dnf, string native, UpdateRules rules)
{
    public async Task<PendingUpdates> FindAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var result = await commands.RunAsync(dnf.SimulateUpgrade, deadline.Token);
        var upgrade = dnf.IsResolved(result) ? dnf.ReadTransaction(result.Output, native) : DnfTransaction.Nothing;
        var list = await ReadAsync(dnf.AdvisoryPackages, deadline);
        var advisories = dnf.ReadAdvisories(list, string.IsNullOrWhiteSpace(list) ? "" : await ReadAsync(dnf.Advisories, deadline), native);
        var all = DnfOffer.ParseAll(await ReadAsync(dnf.AllUpgrades, deadline), native);
        var names = all.Select(offer => offer.Name).Distinct().ToList();
        var offers = new DnfOffers(
            names.Count == 0 ? [] : DnfOffer.ParseAll(await ReadAsync(dnf.Available(names), deadline), native),
            all,
            advisories,
            dnf.ReadRepositories(await commands.RunAsync(dnf.Repositories, deadline.Token)).Known,
            rules.SecuritySources);
        var ways = new RemovalWays(
            installed, RpmVersions.Order, rules, packages => RpmProtected.AmongAsync(commands, packages, deadline));
        var obstacles = new DnfObstacles(commands, dnf, native, offers, dnf.IsResolved(result) ? null : DnfMessages.Problems(result.Errors), ways);
        var updates = new List<PendingUpdate>();
        foreach (var update in Candidates(installed, upgrade, offers).Select(offers.Judge).OrderByDescending(update => update.Security))
            updates.Add(await obstacles.JudgeAsync(update, deadline));
        updates = [.. ways.Apply(updates)];
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
        var result = await commands.RunAsync(dnf.SimulateInstall(new DnfRequest(security, [])), deadline.Token);
        return dnf.IsResolved(result)
            ? [.. dnf.ReadTransaction(result.Output, native).Installs.Select(install => install.Name)]
            : [.. installable.Select(update => update.Name)];
    }
}
