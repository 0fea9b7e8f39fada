using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>
/// Finds what repositories offer above what is installed: what zypper would install now, what it would not and why, and what of it is security.
/// </summary>
/// <param name="queries">Of the host.</param>
/// <param name="metadata">Of the host.</param>
/// <param name="native">The host's own architecture.</param>
/// <param name="rules">By what it is judged.</param>
/// <param name="protectedAmong">See <see cref="RemovalWays"/>.</param>
internal sealed class ZypperPending(
    ZypperQueries queries, ZypperMetadata metadata, string native, UpdateRules rules,
    Func<IReadOnlyList<InstalledPackage>, Task<IReadOnlyList<string>>> protectedAmong)
{
    public async Task<PendingUpdates> FindAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var repositories = await queries.RepositoriesAsync(deadline);
        if (repositories.Count == 0)
            return new PendingUpdates([], []);
        var answer = await queries.AskAsync(ZypperCommands.SimulateUpdate, deadline);
        var offers = await queries.OffersAsync([], deadline);
        var candidates = Candidates(PackageList.Newest(installed, RpmVersions.Order), await queries.SummaryAsync(answer, deadline), offers).ToList();
        var security = new ZypperSecurity(await NoticesAsync(repositories, candidates, deadline), offers, rules.SecuritySources);
        var ways = new RemovalWays(installed, RpmVersions.Order, rules, protectedAmong);
        var obstacles = new ZypperObstacles(queries, offers, answer.Problems, ways);
        var updates = new List<PendingUpdate>();
        foreach (var update in candidates.Select(security.Mark).Where(update => !obstacles.IsPassedOver(update)).OrderByDescending(update => update.Security))
            updates.Add(await obstacles.JudgeAsync(update, deadline));
        updates = [.. ways.Apply(updates)];
        var needed = await NeededBySecurityAsync(updates, deadline);
        return new PendingUpdates(
            [
                .. updates.Select(update => needed.Contains(update.Name) && update.Installable ? update with { Security = true } : update)
                    .OrderBy(update => update.Name, StringComparer.Ordinal).ThenBy(update => update.Candidate, RpmVersions.Order),
            ],
            security.Of(updates));
    }

    /// <summary>What would be installed, as not blocked; and, marked as blocked by nothing said yet, what is offered beyond it.</summary>
    internal static IEnumerable<PendingUpdate> Candidates(IReadOnlyDictionary<string, InstalledPackage> newest, ZypperSummary update, ZypperOffers offers)
    {
        var coming = update.Versions
            .Where(entry => !newest.TryGetValue(entry.Key, out var package) || PatchPlan.IsDue(entry.Value, package, RpmVersions.Order)).ToDictionary();
        foreach (var (name, version) in coming)
            yield return new PendingUpdate(name, newest.GetValueOrDefault(name)?.Version ?? "", version, Security: false, Held: false);
        foreach (var package in newest.Values.Where(package => !update.Removals.Contains(package.Name)))
        {
            var reached = coming.GetValueOrDefault(package.Name) ?? package.Version;
            if (offers.Of(package.Name) is [var best, ..] && RpmVersions.Order.Compare(best.Version, reached) > 0)
                yield return new PendingUpdate(package.Name, package.Version, best.Version, Security: false, package.Held, package.Held ? null : "");
        }
    }

    private async Task<List<ZypperNotice>> NoticesAsync(
        IReadOnlyList<ZypperRepository> repositories, IEnumerable<PendingUpdate> candidates, Deadline deadline)
    {
        var names = candidates.Select(update => update.Name).ToHashSet();
        var notices = new List<ZypperNotice>();
        foreach (var repository in repositories)
            notices.AddRange(await metadata.NoticesAsync(repository, native, names.Contains, deadline));
        return notices;
    }

    /// <summary>
    /// The names of all that would come with the security updates alone. Where zypper finds no way to install them alone, everything counts as needed: rather
    /// too much approved than a fix that never installs.
    /// </summary>
    private async Task<HashSet<string>> NeededBySecurityAsync(List<PendingUpdate> updates, Deadline deadline)
    {
        var installable = updates.Where(update => update.Installable).ToList();
        var security = installable.Where(update => update is { Security: true, Installed.Length: > 0 }).ToList();
        if (security.Count == 0 || installable.All(update => update.Security))
            return [];
        var answer = await queries.AskAsync(
            ZypperCommands.SimulateInstall(security.Select(update => new ApprovedUpdate(update.Name, update.Candidate))), deadline);
        return answer.Problems.Count == 0
            ? [.. (await queries.SummaryAsync(answer, deadline)).Installs.Select(install => install.Name)]
            : [.. installable.Select(update => update.Name)];
    }
}
