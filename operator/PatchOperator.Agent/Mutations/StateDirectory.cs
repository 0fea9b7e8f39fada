using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Mutations;

/// <summary>What the agent keeps on the host between its lives: <c>/var/lib/patch-operator</c>, for root alone.</summary>
/// <param name="root">The host.</param>
/// <param name="folder">Another one, for what is to go with the host's next boot.</param>
internal sealed class StateDirectory(HostRoot root, string folder = StateDirectory.HostPath)
{
    public const string UntilReboot = "/run/patch-operator";

    private const string HostPath = "/var/lib/patch-operator";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where a file of it is on the host.</summary>
    public string HostPathOf(string file) => $"{folder}/{file}";

    /// <summary>Null when there is no such file.</summary>
    public string? Read(string file) => File.Exists(PathOf(file)) ? File.ReadAllText(PathOf(file)) : null;

    /// <summary>All or nothing: an agent killed while it writes leaves no half a file.</summary>
    /// <exception cref="IOException">Where there is no room, it names the file system: see <see cref="DiskSpace.HasRunOut"/>.</exception>
    public void Write(string file, string text)
    {
        try
        {
            Directory.CreateDirectory(root.Locate(folder), OwnerOnly);
            // Not File.WriteAllText: where it cannot have the room beforehand, its error is none that says so.
            using (var writer = new StreamWriter(PathOf(file) + ".new"))
                writer.Write(text);
            File.Move(PathOf(file) + ".new", PathOf(file), overwrite: true);
        }
        catch (IOException error) when (DiskSpace.HasRunOut(error))
        {
            throw new IOException($"no room for {HostPathOf(file)} ({string.Join(", ", DiskSpace.Of(root).Free([folder]))} free)", error.HResult);
        }
    }

    /// <summary>Where a folder of it is on the host; it is made.</summary>
    public string MakeFolder(string name)
    {
        Directory.CreateDirectory(PathOf(name), OwnerOnly);
        return HostPathOf(name);
    }

    /// <summary>Gives a file another name; one of that name goes.</summary>
    public void Rename(string file, string to)
    {
        if (File.Exists(PathOf(file)))
            File.Move(PathOf(file), PathOf(to), overwrite: true);
    }

    /// <summary>The names of its files that end like this, without that.</summary>
    public IReadOnlyList<string> NamesOf(string ending) => root.DirectoryExists(folder)
        ? [.. Directory.EnumerateFiles(root.Locate(folder), "*" + ending).Select(file => Path.GetFileName(file)[..^ending.Length])]
        : [];

    /// <summary>Removes it, as one operation at a time works on a host; or what of it begins like this, and itself where nothing is left.</summary>
    public void Clear(string beginning = "")
    {
        if (!root.DirectoryExists(folder))
            return;
        var directory = new DirectoryInfo(root.Locate(folder));
        foreach (var entry in directory.EnumerateFileSystemInfos(beginning + "*"))
        {
            if (entry is DirectoryInfo inner)
                inner.Delete(recursive: true);
            else
                entry.Delete();
        }

        try
        {
            directory.Delete();
        }
        catch (IOException)
        {
            // Something is left in it, or a disk of its own is mounted there.
        }
    }

    private string PathOf(string file) => root.Locate(HostPathOf(file));
}
