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

    /// <summary>The files of these, as paths on the host.</summary>
    public IReadOnlyList<string> Find(IReadOnlyList<DnfOffer> offers)
    {
        var names = offers.Select(offer => offer.FileName).ToHashSet();
        return [.. FindAll().Where(file => names.Contains(file.Name)).Select(file => "/" + Path.GetRelativePath(root.Path, file.FullName))];
    }

    private IEnumerable<FileInfo> FindAll() => root.DirectoryExists(cache)
        ? new DirectoryInfo(root.Locate(cache)).EnumerateDirectories().Select(repository => new DirectoryInfo($"{repository.FullName}/packages"))
            .Where(folder => folder.Exists).SelectMany(folder => folder.EnumerateFiles("*.rpm"))
        : [];
}
