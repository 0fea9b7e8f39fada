using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages;

/// <summary>
/// What was downloaded for a turn that has not come yet, in the package manager's own folder: a newer version may come before it, or the update is not asked
/// for any more.
/// </summary>
internal sealed class StagedFiles(HostRoot root)
{
    private const string Folder = "/var/cache/patch-operator";
    private const string List = Folder + "/staged";

    /// <summary>Remembers what is downloaded now; what was before, and is no longer among it, goes.</summary>
    /// <param name="files">Files of the host.</param>
    public async Task KeepAsync(IReadOnlyList<string> files)
    {
        var list = root.Locate(List);
        if (File.Exists(list))
        {
            foreach (var file in (await File.ReadAllLinesAsync(list)).Except(files).Where(root.FileExists))
                File.Delete(root.Locate(file));
            File.Delete(list);
        }

        if (files.Count == 0)
            return;
        Directory.CreateDirectory(root.Locate(Folder));
        await File.WriteAllLinesAsync(list, files);
    }
}
