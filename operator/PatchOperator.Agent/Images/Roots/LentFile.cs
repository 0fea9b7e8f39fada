using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Images.Roots;

/// <summary>A file that an image has only while it is worked on. What it had in this place comes back, unless something else has taken it meanwhile.</summary>
internal sealed class LentFile : IDisposable
{
    private const string Kept = ".patch-operator-kept";
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    private readonly HostRoot root;
    private readonly string directory;
    private readonly string name;
    private readonly string content;

    private LentFile(HostRoot root, string directory, string name, string content)
    {
        (this.root, this.directory, this.name, this.content) = (root, directory, name, content);
        Directory.CreateDirectory(root.Locate(directory));
        if (Exists(Here))
            File.Move(Here, Here + Kept, overwrite: true);
        File.WriteAllText(Here, content);
        File.SetUnixFileMode(Here, Executable);
    }

    /// <summary>The directory is looked up each time: what runs in the image may have changed it.</summary>
    private string Here => Path.Combine(root.Locate(directory), name);

    /// <summary>The container's own way to its name servers.</summary>
    public static LentFile NameServers(HostRoot root) => new(root, "/etc", "resolv.conf", File.ReadAllText("/etc/resolv.conf"));

    /// <summary>Packages do not start their services: see https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt.</summary>
    public static LentFile NoServices(HostRoot root) => new(root, "/usr/sbin", "policy-rc.d", "#!/bin/sh\nexit 101\n");

    public void Dispose()
    {
        if (File.Exists(Here) && new FileInfo(Here).LinkTarget is null && File.ReadAllText(Here) == content)
            File.Delete(Here);
        if (!Exists(Here + Kept))
            return;
        if (Exists(Here))
            File.Delete(Here + Kept);
        else
            File.Move(Here + Kept, Here);
    }

    /// <summary>Also when it is a link that leads nowhere.</summary>
    private static bool Exists(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
