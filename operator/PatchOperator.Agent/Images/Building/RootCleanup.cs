using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Images.Building;

/// <summary>
/// Takes out of an image what only its making has left there, and what must differ between machines made from it. Secrets first: host keys of SSH are made by
/// whatever starts a machine for the first time, such as cloud-init(1) or <c>ssh-keygen -A</c>.
/// </summary>
internal static class RootCleanup
{
    /// <summary>They are the running system's, or made anew when they are needed.</summary>
    private static readonly string[] Cleared =
    [
        "/dev", "/run", "/tmp", "/var/tmp", "/var/log/journal", "/var/cache/man", "/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/zypp",
        "/var/lib/dnf/repos",
    ];

    /// <summary>Their folders stay.</summary>
    private static readonly string[] WithoutFiles = ["/var/cache/apt", "/var/lib/apt/lists", "/var/log/apt", "/var/log/zypp"];

    /// <summary>Of dnf 5, the times of its transactions: why each package is there, it keeps elsewhere.</summary>
    private static readonly string[] Removed =
    [
        "/etc/ssh/ssh_host_*", "/var/lib/dbus/machine-id", "/var/lib/systemd/random-seed", "/var/lib/systemd/credential.secret", "/var/log/alternatives.log*",
        "/var/log/bootstrap.log*", "/var/log/dpkg.log*", "/var/cache/ldconfig/aux-cache", "/var/cache/debconf/*-old", "/var/lib/dpkg/*-old",
        "/var/lib/zypp/AnonymousUniqueId", "/usr/lib/sysimage/libdnf5/transaction_history.sqlite*",
    ];

    /// <summary>An empty machine-id(5) is filled in at the first start.</summary>
    private static readonly string[] Truncated = ["/etc/machine-id", "/var/log/*"];

    /// <summary>Files in which comments that begin so tell when they were written.</summary>
    private static readonly (string File, string Comment)[] Dated =
    [
        ("/etc/dnf/plugins/versionlock.list", "# Added lock on "), ("/etc/dnf/versionlock.toml", "comment = \"Added by "),
        ("/var/lib/zypp/AutoInstalled", "# AutoInstalled generated "),
    ];

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None };

    public static void Clean(HostRoot root)
    {
        foreach (var entry in Cleared.SelectMany(folder => Entries(root, folder + "/*")))
            Delete(entry);
        foreach (var folder in WithoutFiles.SelectMany(folder => Entries(root, folder)).OfType<DirectoryInfo>())
            DeleteFiles(folder);
        foreach (var file in Removed.SelectMany(pattern => Entries(root, pattern)).OfType<FileInfo>())
            file.Delete();
        var emptied = Truncated.SelectMany(pattern => Entries(root, pattern)).OfType<FileInfo>();
        foreach (var file in emptied.Where(file => file.LinkTarget is null && file.Length > 0))
            file.Open(FileMode.Truncate).Dispose();
        foreach (var (file, comment) in Dated.Where(dated => root.FileExists(dated.File)))
            RemoveLines(root.Locate(file), comment);
    }

    private static void RemoveLines(string file, string start) => File.WriteAllText(
        file,
        string.Concat(
            File.ReadAllLines(file).Where(line => !line.StartsWith(start, StringComparison.Ordinal)).Select(line => line + "\n")));

    /// <summary>The folder is looked up inside the root; its entries are those that lie there, links not followed.</summary>
    private static FileSystemInfo[] Entries(HostRoot root, string pattern)
    {
        var folder = new DirectoryInfo(root.Locate(Path.GetDirectoryName(pattern)!));
        return folder.Exists ? folder.GetFileSystemInfos(Path.GetFileName(pattern), Everything) : [];
    }

    private static void DeleteFiles(DirectoryInfo folder)
    {
        foreach (var entry in folder.LinkTarget is null ? folder.GetFileSystemInfos("*", Everything) : [])
        {
            if (entry is DirectoryInfo { LinkTarget: null } inner)
                DeleteFiles(inner);
            else
                File.Delete(entry.FullName);
        }
    }

    private static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo { LinkTarget: null } folder)
            folder.Delete(recursive: true);
        else
            File.Delete(entry.FullName);
    }
}
