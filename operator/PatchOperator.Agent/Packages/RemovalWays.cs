using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>What would have to go for updates that are blocked by nothing else, and what would come with them.</summary>
/// <param name="installed">What is installed.</param>
/// <param name="versions">The package manager's order.</param>
/// <param name="rules">Whether an update may bring packages that were not installed, and whether anything may go at all.</param>
/// <param name="protectedAmong">The names of those packages that go for no update.</param>
internal sealed class RemovalWays(
    IReadOnlyList<InstalledPackage> installed,
    IComparer<string> versions,
    UpdateRules rules,
    Func<IReadOnlyList<InstalledPackage>, Task<IReadOnlyList<string>>> protectedAmong)
{
    private readonly IReadOnlyDictionary<string, InstalledPackage> here = PackageList.Newest(installed, versions);
    private readonly List<Way> ways = [];

    /// <summary>Whether anything may go at all: to find out what would takes a package manager seconds for each update.</summary>
    public bool AreSought => rules.AllowRemovals;

    /// <summary>Takes down what a package manager would do for an update.</summary>
    /// <param name="update">It is blocked.</param>
    /// <param name="removes">The names of what would go.</param>
    /// <param name="installs">What would come, the update among it.</param>
    /// <returns>What else is in its way, for the end of the reason; empty where nothing is.</returns>
    public async Task<string> AddAsync(PendingUpdate update, IReadOnlyList<string> removes, IReadOnlyList<(string Name, string Version)> installs)
    {
        if (!AreSought || removes.Count == 0 || !installs.Contains((update.Name, update.Candidate)))
            return "";
        if (!rules.AllowNewPackages && installs.FirstOrDefault(install => !here.ContainsKey(install.Name)).Name is { } fresh)
            return $", and needs the new package {fresh}";
        if (installs.FirstOrDefault(install => here.GetValueOrDefault(install.Name) is { } package && IsUnwanted(install.Version, package)).Name is { } other)
            return $", and would change {other}, which is on hold or newer";
        if (await protectedAmong([.. installed.Where(package => removes.Contains(package.Name))]) is { Count: > 0 } staying)
            return $"; {string.Join(", ", staying)} must stay: on hold, essential, or of the kernel that runs";
        ways.Add(new Way(update, [.. removes.Order(StringComparer.Ordinal)], installs));
        return "";
    }

    /// <summary>
    /// Says of each update what would have to go, and adds what would only come with one: so that who approves it approves all. What is itself updated does not
    /// go, and nothing is to come at two versions: what is left out may be possible after the other is there.
    /// </summary>
    /// <param name="updates">All that were found, each with the reason why it is blocked.</param>
    public IReadOnlyList<PendingUpdate> Apply(IReadOnlyList<PendingUpdate> updates)
    {
        var updated = updates.Where(update => update.Installable || update.Phased).Concat(ways.Select(way => way.Update))
            .Select(update => update.Name)
            .ToHashSet();
        var (possible, all) = (Possible(updates, updated), updates.ToList());
        foreach (var way in ways)
            Explain(all, way, updated);
        // Each by its own way first.
        foreach (var way in possible)
            Add(all, way, (way.Update.Name, way.Update.Candidate));
        foreach (var (way, install) in possible.SelectMany(way => way.Installs.Select(install => (way, install))))
            Add(all, way, install);
        return all;
    }

    private static void Explain(List<PendingUpdate> all, Way way, HashSet<string> updated)
    {
        var index = all.FindIndex(update => (update.Name, update.Candidate) == (way.Update.Name, way.Update.Candidate));
        if (way.Removes.Where(updated.Contains).ToList() is { Count: > 0 } own)
            all[index] = all[index] with { Blocked = $"{all[index].Blocked}; of {string.Join(", ", own)} there is an update" };
    }

    private List<Way> Possible(IReadOnlyList<PendingUpdate> updates, HashSet<string> updated)
    {
        var coming = updates.Where(update => update.Installable).Select(update => (update.Name, update.Candidate)).ToHashSet();
        var possible = new List<Way>();
        foreach (var way in ways.Where(way => !way.Removes.Any(updated.Contains)))
        {
            if (way.Installs.Any(install => !coming.Contains(install) && coming.Any(other => other.Name == install.Name)))
                continue;
            possible.Add(way);
            coming.UnionWith(way.Installs);
        }

        return possible;
    }

    private void Add(List<PendingUpdate> all, Way way, (string Name, string Version) install)
    {
        var cause = all.Find(update => (update.Name, update.Candidate) == (way.Update.Name, way.Update.Candidate))!;
        var index = all.FindIndex(update => (update.Name, update.Candidate) == install);
        if (index < 0)
            all.Add(new PendingUpdate(
                install.Name, here.GetValueOrDefault(install.Name)?.Version ?? "", install.Version, cause.Security, Held: false, cause.Blocked)
            {
                Removes = way.Removes,
            });
        else
            all[index] = all[index] with
            {
                Security = all[index].Security || cause.Security,
                Removes = all[index].Blocked is null ? null : all[index].Removes ?? way.Removes,
            };
    }

    private bool IsUnwanted(string version, InstalledPackage package) =>
        versions.Compare(version, package.Version) is var order && (order < 0 || (order > 0 && package.Held));

    private sealed record Way(PendingUpdate Update, IReadOnlyList<string> Removes, IReadOnlyList<(string Name, string Version)> Installs);
}
