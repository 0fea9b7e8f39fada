using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>Packages in dnf's cache: dnf takes one that is there already, unless its checksum is not what the repository says.</summary>
/// <param name="root">The host.</param>
/// <param name="cache">See <see cref="DnfCommands.Cache"/>.</param>
internal sealed class DnfDownloads(HostRoot root, string cache)
{
    /// <summary>What of these is not there yet.</summary>
    public IEnumerable<DnfOffer> Missing(IReadOnlyList<DnfOffer> offers)
    {
        var files = FindAll().ToLookup(file => file.Name, file => file.Length);
        return offers.Where(offer => !files[offer.FileName].Contains(offer.DownloadBytes));
    }

    private IEnumerable<FileInfo> FindAll() => root.DirectoryExists(cache)
        ? new DirectoryInfo(root.Locate(cache)).EnumerateDirectories().Select(repository => new DirectoryInfo($"{repository.FullName}/packages"))
            .Where(folder => folder.Exists).SelectMany(folder => folder.EnumerateFiles("*.rpm"))
        : [];
}
