using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages;

/// <summary>
/// What was downloaded for a turn that has not come yet, in the package manager's own folder: a newer version may come before it, or the update is not asked
/// for any more. What lies there besides is somebody else's.
/// </summary>
internal sealed class StagedFiles(HostRoot root)
{
    public const string Folder = "/var/cache/patch-operator";
    private const string List = Folder + "/staged";

    /// <summary>Whether anything is remembered.</summary>
    public bool Any => Remembered.Length > 0;

    private string[] Remembered => root.FileExists(List) ? File.ReadAllLines(root.Locate(List)) : [];

    /// <summary>Has something downloaded, and remembers what has come with that, whatever becomes of it.</summary>
    /// <param name="folder">The folder of the host below which that is.</param>
    /// <param name="download">Downloads it.</param>
    /// <param name="wanted">The files of the host that are wanted, of those that are there then: what is remembered besides goes.</param>
    public async Task StageAsync(string folder, Func<Task> download, Func<Task<IReadOnlyList<string>>> wanted)
    {
        var found = FilesIn(folder);
        try
        {
            await download();
        }
        finally
        {
            Remember(Remembered.Union(FilesIn(folder).Except(found)));
        }

        Keep(await wanted());
    }

    /// <summary>What is remembered and not among these goes.</summary>
    public void Keep(IReadOnlyCollection<string> files)
    {
        foreach (var file in Remembered.Except(files).Where(root.FileExists))
            File.Delete(root.Locate(file));
        Remember(Remembered.Intersect(files));
    }

    /// <summary>What is remembered goes.</summary>
    public void Drop() => Keep([]);

    /// <summary>What is remembered is the package manager's own from now on.</summary>
    public void Forget() => Remember([]);

    private void Remember(IEnumerable<string> files)
    {
        string[] all = [.. files];
        if (all.Length == 0)
        {
            if (root.FileExists(List))
                File.Delete(root.Locate(List));
            return;
        }

        Directory.CreateDirectory(root.Locate(Folder));
        File.WriteAllLines(root.Locate(List), all);
    }

    /// <summary>Packages alone: what the package manager knows of archives may be there, too.</summary>
    private HashSet<string> FilesIn(string folder) => root.DirectoryExists(folder)
        ?
        [
            .. Directory.EnumerateFiles(root.Locate(folder), "*", SearchOption.AllDirectories)
                .Where(file => file.EndsWith(".deb", StringComparison.Ordinal) || file.EndsWith(".rpm", StringComparison.Ordinal))
                .Select(file => $"{folder}/{Path.GetRelativePath(root.Locate(folder), file)}"),
        ]
        : [];
}
