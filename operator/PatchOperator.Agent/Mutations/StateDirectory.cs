using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Mutations;

/// <summary>What the agent keeps on the host between its lives: <c>/var/lib/patch-operator</c>, for root alone.</summary>
internal sealed class StateDirectory(HostRoot root)
{
    private const string HostPath = "/var/lib/patch-operator";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string HostPathOf(string file) => $"{HostPath}/{file}";

    /// <summary>Null when there is no such file.</summary>
    public string? Read(string file) => File.Exists(PathOf(file)) ? File.ReadAllText(PathOf(file)) : null;

    /// <summary>All or nothing: an agent killed while it writes leaves no half a file.</summary>
    public void Write(string file, string text)
    {
        Directory.CreateDirectory(root.Locate(HostPath), OwnerOnly);
        File.WriteAllText(PathOf(file) + ".new", text);
        File.Move(PathOf(file) + ".new", PathOf(file), overwrite: true);
    }

    /// <summary>Removes it: one operation at a time works on a host, and it has succeeded.</summary>
    public void Clear()
    {
        if (root.DirectoryExists(HostPath))
            Directory.Delete(root.Locate(HostPath), recursive: true);
    }

    private string PathOf(string file) => root.Locate(HostPathOf(file));
}
