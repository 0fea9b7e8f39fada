using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>Where a package manager cannot be told that updates may bring no new packages: finds out which need one, and blocks them.</summary>
internal static class NewPackages
{
    /// <summary>Each costs seconds.</summary>
    private const int MaxSimulations = 25;

    /// <param name="updates">What would be installed, and what would not.</param>
    /// <param name="installs">The names of all that would be installed with an update alone.</param>
    public static async Task<IReadOnlyList<PendingUpdate>> BlockAsync(
        IReadOnlyList<PendingUpdate> updates, Func<PendingUpdate, Task<IEnumerable<string>>> installs)
    {
        var fresh = updates.Where(update => update is { Installable: true, Installed.Length: 0 }).Select(update => update.Name).ToHashSet();
        if (fresh.Count == 0)
            return updates;
        var (judged, simulations) = (new List<PendingUpdate>(), 0);
        foreach (var update in updates)
        {
            judged.Add(!update.Installable ? update
                : fresh.Contains(update.Name) ? update with { Blocked = "a new package, which may not come" }
                : simulations++ >= MaxSimulations ? update with { Blocked = "may need a new package" }
                : (await installs(update)).FirstOrDefault(fresh.Contains) is { } needed ? update with { Blocked = $"needs the new package {needed}" }
                : update);
        }

        return judged;
    }
}
