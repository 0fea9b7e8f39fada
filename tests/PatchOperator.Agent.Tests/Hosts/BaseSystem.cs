using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A Debian root file system made by debootstrap from the main suite alone: kept between runs, copied for each test.</summary>
internal static class BaseSystem
{
    /// <summary>Part of the cache's key: change it when the recipe below changes.</summary>
    private const string Recipe = "1";

    private static readonly Lazy<string> Made = new(Make);

    /// <exception cref="InvalidOperationException">The tests do not run as root, or a tool is missing.</exception>
    public static string Path => Made.Value;

    private static string Make()
    {
        if (!Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("this test changes real root file systems (debootstrap, chroot, mount) and needs root: run it as root");
        var path = Cache.PathOf($"agent-rootfs-{DebianMirror.Suite}-{Recipe}");
        return Directory.Exists(path) ? path : Bootstrap(path);
    }

    private static string Bootstrap(string path)
    {
        var making = $"{path}.{Environment.ProcessId}";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        Shell.Run("debootstrap", "--variant=minbase", DebianMirror.Suite, making, DebianMirror.Main);
        foreach (var ballast in new[] { "usr/share/doc", "usr/share/man", "usr/share/locale", "var/cache/apt", "var/lib/apt/lists", "etc/apt/sources.list" })
            Shell.Run("rm", "-rf", $"{making}/{ballast}");
        Shell.Run("mkdir", "-p", $"{making}/var/cache/apt/archives/partial", $"{making}/var/lib/apt/lists/partial");
        Directory.Move(making, path);
        return path;
    }
}
