using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>The file in which libzypp keeps the names of what came as a dependency; no command of zypper's writes it.</summary>
internal sealed class ZypperAutoInstalled(HostRoot root)
{
    private const string HostPath = "/var/lib/zypp/AutoInstalled";

    /// <summary>Packages stand there by their names alone, all else has its kind before a colon.</summary>
    public IReadOnlySet<string> Names => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(line => !line.StartsWith('#') && !line.Contains(':')).ToHashSet();

    private string Text => root.FileExists(HostPath) ? File.ReadAllText(root.Locate(HostPath)) : "";

    /// <summary>All or nothing: an agent killed while it writes leaves no half a file.</summary>
    public void Add(IEnumerable<string> names)
    {
        var path = root.Locate(HostPath);
        File.WriteAllText(path + ".new", $"{Text.TrimEnd('\n')}\n{string.Concat(names.Select(name => name + "\n"))}");
        File.Move(path + ".new", path, overwrite: true);
    }
}
