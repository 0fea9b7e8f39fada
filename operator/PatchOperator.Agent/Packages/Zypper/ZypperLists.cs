using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>Whether zypper knows what all repositories offer, and how old that is.</summary>
internal sealed class ZypperLists(HostCommands commands, ZypperQueries queries, ZypperMetadata metadata)
{
    public async Task<ListFacts> FindAsync(Deadline deadline)
    {
        var repositories = await queries.RepositoriesAsync(deadline);
        if (repositories.Count == 0)
            return new ListFacts(false, null, "no repository is enabled on the host: /etc/zypp/repos.d names none");
        var files = repositories.Select(repository => (repository.Alias, Files: metadata.Files(repository))).ToList();
        var missing = files.Where(entry => entry.Files.Count == 0).Select(entry => entry.Alias).ToList();
        var refreshed = new List<DateTimeOffset>();
        foreach (var entry in files.Where(entry => entry.Files.Count > 0))
            refreshed.Add((await ChangeTimes.ReadAsync(commands, entry.Files, deadline)).Max());
        return new ListFacts(
            missing.Count == 0,
            refreshed.Count == 0 ? null : refreshed.Min(),
            missing.Count == 0 ? null : $"zypper has not fetched what {string.Join(", ", missing)} offers: zypper refresh does, or says why not");
    }
}
