using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>A look into what a build has left, by other means than the agent's.</summary>
internal sealed class BuiltRoot : IDisposable
{
    private readonly ImageWorkspaceFolder scratch = new();
    private readonly string folder;

    public BuiltRoot(ImageWorkspaceFolder workspace, ImageRequestFormat format)
    {
        folder = scratch.Folder;
        switch (format)
        {
            case ImageRequestFormat.Oci:
                Shell.Run("umoci", "raw", "unpack", "--image", $"{workspace.PathOf("image")}:latest", folder);
                break;
            case ImageRequestFormat.Tar:
                Shell.Run("tar", "--extract", "--file", workspace.PathOf("rootfs.tar"), "--directory", folder);
                break;
            default:
                Shell.Run("debugfs", "-R", $"rdump / {folder}", $"{workspace.PathOf("disk.raw")}?offset=1048576");
                break;
        }
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(folder, path));

    public bool Exists(string path) => File.Exists(Path.Combine(folder, path));

    public IEnumerable<string> Files(string path) =>
        Directory.Exists(Path.Combine(folder, path))
            ? Directory.EnumerateFileSystemEntries(Path.Combine(folder, path)).Select(entry => Path.GetFileName(entry))
            : [];

    /// <summary>Lines such as <c>fix 1.0 install</c>, of those asked for that are installed.</summary>
    public string[] Packages(params string[] names) =>
        [.. Shell.Run("dpkg-query", $"--admindir={folder}/var/lib/dpkg", "--show", "--showformat", "${Package} ${Version} ${db:Status-Want}\n").Split('\n')
            .Where(line => names.Contains(line.Split(' ')[0]))];

    /// <summary>Lines such as <c>fix 1.0-1</c>, of those asked for that are installed.</summary>
    public string[] Rpms(params string[] names) =>
        [
            .. Shell.Run("rpm", "--dbpath", $"{folder}/var/lib/rpm", "--query", "--all", "--queryformat", "%{NAME} %{EVR}\n").Split('\n')
                .Where(line => names.Contains(line.Split(' ')[0])).Order(StringComparer.Ordinal),
        ];

    public void Dispose() => scratch.Dispose();
}
