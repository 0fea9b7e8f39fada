using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Finds what archives offer above what is installed: what apt would install now, what it would not and why, and what of it is security.</summary>
internal sealed class AptPending(HostCommands commands, UpdateRules rules)
{
    public async Task<IReadOnlyList<PendingUpdate>> FindAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var policies = await PoliciesAsync(installed.Select(package => package.Name), deadline);
        if (IsUpToDate(installed, policies))
            return [];
        var (upgrade, broken) = await SimulateUpgradeAsync(installed, deadline);
        var fresh = await PoliciesAsync(upgrade.Installs.Where(install => !policies.ContainsKey(install.Name)).Select(install => install.Name), deadline);
        var offers = new AptOffers(
            policies.Concat(fresh).DistinctBy(entry => entry.Key).ToDictionary(),
            AptSource.ParseAll(await commands.ReadAsync(AptCommands.Sources, deadline.Token)), rules.SecuritySources);
        var ways = new RemovalWays(
            installed, DebianVersions.Order, rules, packages => AptProtected.AmongAsync(commands, packages, deadline));
        var obstacles = new AptObstacles(commands, offers, installed, upgrade.Phased, broken, ways);
        var updates = new List<PendingUpdate>();
        foreach (var update in Candidates(installed, upgrade, offers).OrderByDescending(update => update.Security))
            updates.Add(await obstacles.JudgeAsync(update, deadline));
        updates = [.. ways.Apply(updates)];
        var needed = await NeededBySecurityAsync(updates, deadline);
        return
        [
            .. updates.Select(update => needed.Contains(update.Name) && update.Installable ? update with { Security = true } : update)
                .OrderBy(update => update.Name, StringComparer.Ordinal)
                .ThenBy(update => update.Candidate, DebianVersions.Order),
        ];
    }

    private async Task<IReadOnlyDictionary<string, AptPolicy>> PoliciesAsync(IEnumerable<string> packages, Deadline deadline)
    {
        var names = packages.Where(DebianNames.IsName).Distinct().ToList();
        return AptPolicy.ParseAll(names.Count == 0 ? "" : await commands.ReadAsync(AptCommands.Policy(names), deadline.Token));
    }

    /// <summary>What an upgrade would do to a host whose packages are whole and nowhere offered anew needs no look: to plan it takes apt the longest.</summary>
    private static bool IsUpToDate(IReadOnlyList<InstalledPackage> installed, IReadOnlyDictionary<string, AptPolicy> policies) =>
        installed.All(package => package.Complete && policies.GetValueOrDefault(package.Name) is { IsSettled: true });

    /// <summary>apt says nothing at all of a host whose packages are broken; what archives offer is known all the same.</summary>
    private async Task<(AptSimulation Upgrade, bool Broken)> SimulateUpgradeAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var command = AptCommands.SimulateUpgrade(rules);
        var result = await commands.RunAsync(command, deadline.Token);
        if (result.Succeeded)
            return (AptSimulation.Parse(result.Output), false);
        return AptMessages.IsBroken(result.Errors) || installed.Any(package => !package.Complete)
            ? (AptSimulation.Nothing, true)
            : throw new HostCommandException(command, result);
    }

    /// <summary>What would be installed, as not blocked; and, marked as blocked by nothing said yet, what should be.</summary>
    private static IEnumerable<PendingUpdate> Candidates(IReadOnlyList<InstalledPackage> installed, AptSimulation upgrade, AptOffers offers)
    {
        var here = installed.ToDictionary(package => package.Name);
        var upgrades = upgrade.Installs
            .Where(install => !here.TryGetValue(install.Name, out var package) || PatchPlan.IsDue(install.To, package, DebianVersions.Order))
            .ToDictionary(install => install.Name);
        foreach (var (name, from, to) in upgrades.Values)
            yield return new PendingUpdate(name, from, to, offers.IsSecurity(name, from, to), Held: false);
        foreach (var package in installed)
        {
            if (offers.Beyond(package, upgrades.GetValueOrDefault(package.Name)?.To) is { } version
                && !(package.Held && DebianVersions.Order.Compare(version, package.Version) < 0))
                yield return new PendingUpdate(
                    package.Name, package.Version, version, offers.IsSecurity(package.Name, package.Version, version), package.Held, package.Held ? null : "");
        }
    }

    /// <summary>
    /// The names of all that would come with the security updates alone. Asked of apt, as only it knows which alternative it takes; where it
    /// finds no way to install them alone, everything counts as needed: rather too much approved than a fix that never installs.
    /// </summary>
    private async Task<HashSet<string>> NeededBySecurityAsync(List<PendingUpdate> updates, Deadline deadline)
    {
        var installable = updates.Where(update => update.Installable).ToList();
        var security = installable.Where(update => update is { Security: true, Installed.Length: > 0 }).ToList();
        if (security.Count == 0 || installable.All(update => update.Security))
            return [];
        var command = AptCommands.SimulateInstall(security.Select(update => new ApprovedUpdate(update.Name, update.Candidate)));
        var result = await commands.RunAsync(command, deadline.Token);
        return result.Succeeded
            ? [.. AptSimulation.Parse(result.Output).Installs.Select(install => install.Name)]
            : [.. installable.Select(update => update.Name)];
    }
}
