using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Finds what apt would install now, and what of it is security.</summary>
internal sealed class AptPending(HostCommands commands)
{
    public async Task<PendingList> FindAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var upgrade = AptSimulation.Parse(await commands.ReadAsync(AptCommands.SimulateUpgrade, deadline.Token));
        var held = installed.Where(package => package.Held).Select(package => package.Name).ToHashSet();
        IReadOnlyList<string> keptBack = [.. upgrade.KeptBack.Where(name => !held.Contains(name)).Order(StringComparer.Ordinal)];
        var names = upgrade.Installs.Select(install => install.Name).Concat(held).Distinct().ToList();
        if (names.Count == 0)
            return new PendingList([], keptBack);
        var policies = AptPolicy.ParseAll(await commands.ReadAsync(AptCommands.Policy(names), deadline.Token));
        var sources = AptSource.ParseAll(await commands.ReadAsync(AptCommands.Sources, deadline.Token));
        var found = upgrade.Installs.Select(install => ToUpdate(install, policies, sources)).Concat(HeldUpdates(installed, policies, sources)).ToList();
        var needed = await NeededBySecurityAsync(found, deadline);
        return new PendingList(
            [.. found.Select(update => needed.Contains(update.Name) ? update with { Security = true } : update).OrderBy(update => update.Name, StringComparer.Ordinal)],
            keptBack);
    }

    private static PendingUpdate ToUpdate(
        AptSimulation.Install install, IReadOnlyDictionary<string, AptPolicy> policies, IReadOnlyDictionary<string, AptSource> sources) =>
        new(install.Name, install.From, install.To, IsSecurity(policies.GetValueOrDefault(install.Name), sources, install.From, install.To), Held: false);

    private static IEnumerable<PendingUpdate> HeldUpdates(
        IReadOnlyList<InstalledPackage> installed, IReadOnlyDictionary<string, AptPolicy> policies, IReadOnlyDictionary<string, AptSource> sources) =>
        from package in installed
        where package.Held
        let policy = policies.GetValueOrDefault(package.Name)
        where policy is not null && DebianVersions.Order.Compare(policy.Candidate, package.Version) > 0
        select new PendingUpdate(package.Name, package.Version, policy.Candidate, IsSecurity(policy, sources, package.Version, policy.Candidate), Held: true);

    /// <summary>A fix may have been overtaken by a newer version that no security archive has: it is pending all the same.</summary>
    internal static bool IsSecurity(AptPolicy? policy, IReadOnlyDictionary<string, AptSource> sources, string installed, string candidate) =>
        policy is not null && policy.Versions.Any(version =>
            (installed.Length == 0 ? version.Key == candidate : DebianVersions.Order.Compare(version.Key, installed) > 0)
            && DebianVersions.Order.Compare(version.Key, candidate) <= 0
            && version.Value.Any(index => sources.GetValueOrDefault(index)?.IsSecurity == true));

    /// <summary>
    /// The names of all that would come with the security updates alone. Asked of apt, as only it knows which alternative it takes; where it
    /// finds no way to install them alone, everything counts as needed: rather too much approved than a fix that never installs.
    /// </summary>
    private async Task<HashSet<string>> NeededBySecurityAsync(List<PendingUpdate> updates, Deadline deadline)
    {
        var security = updates.Where(update => update is { Security: true, Held: false, Installed.Length: > 0 }).ToList();
        if (security.Count == 0 || updates.All(update => update.Security || update.Held))
            return [];
        var command = AptCommands.SimulateInstall(security.Select(update => new ApprovedUpdate(update.Name, update.Candidate)));
        var result = await commands.RunAsync(command, deadline.Token);
        return result.Succeeded
            ? [.. AptSimulation.Parse(result.Output).Installs.Select(install => install.Name)]
            : [.. updates.Where(update => !update.Held).Select(update => update.Name)];
    }
}
