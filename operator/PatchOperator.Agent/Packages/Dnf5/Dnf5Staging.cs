using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Dnf5;

/// <summary>
/// Remembers what was downloaded for a turn that has not come yet: dnf 5 deletes what a transaction has installed, and nothing of what no transaction asks
/// for any more.
/// </summary>
internal sealed class Dnf5Staging(HostRoot root)
{
    private const string Folder = "/var/cache/patch-operator";
    private const string List = Folder + "/staged";

    /// <summary>What was downloaded earlier, and is none of these, goes.</summary>
    /// <param name="files">Of the host.</param>
    public async Task KeepAsync(IReadOnlyList<string> files)
    {
        var list = root.Locate(List);
        if (File.Exists(list))
        {
            foreach (var file in (await File.ReadAllLinesAsync(list)).Except(files).Select(root.Locate).Where(File.Exists))
                File.Delete(file);
            File.Delete(list);
        }

        if (files.Count == 0)
            return;
        Directory.CreateDirectory(root.Locate(Folder));
        await File.WriteAllLinesAsync(list, files);
    }
}
