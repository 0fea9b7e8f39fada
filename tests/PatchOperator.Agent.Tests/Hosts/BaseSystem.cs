using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A root file system made by debootstrap from Debian's main suite alone: kept between runs; what a test changes lies over it.</summary>
internal sealed class BaseSystem
{
    /// <summary>Part of the cache's key: change it when the recipe below changes.</summary>
    private const string Recipe = "2";

    private readonly Lazy<string> made;

    private BaseSystem(string name, params string[] packages)
        : this(DebianMirror.Suite, name, packages)
    {
    }

    private BaseSystem(string suite, string name, string[] packages) => made = new Lazy<string>(() => Make(suite, name, packages));

    /// <summary>Debian itself.</summary>
    public static BaseSystem Debian { get; } = new("debian");

    /// <summary>The next one, which has apt 3.</summary>
    public static BaseSystem Debian13 { get; } = new("trixie", "debian", []);

    /// <summary>Debian with what looks at each run of apt and has something to ask.</summary>
    public static BaseSystem Asking { get; } = new("asking", "needrestart", "apt-listchanges");

    /// <summary>A system that dnf manages: Debian brings dnf and rpm, and nothing is in rpm's database.</summary>
    public static BaseSystem Dnf { get; } = new("dnf", "rpm", "dnf", "dnf-plugins-core");

    /// <summary>A system that zypper manages, likewise.</summary>
    public static BaseSystem Zypper { get; } = new("zypper", "rpm", "zypper");

    /// <exception cref="InvalidOperationException">The tests do not run as root, or a tool is missing.</exception>
    public string Path => made.Value;

    private static string Make(string suite, string name, string[] packages)
    {
        if (!Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("this test changes real root file systems (debootstrap, chroot, mount) and needs root: run it as root");
        var path = Cache.PathOf($"agent-rootfs-{suite}-{name}-{Recipe}");
        return Directory.Exists(path) ? path : Bootstrap(suite, path, packages);
    }

    private static string Bootstrap(string suite, string path, string[] packages)
    {
        var making = $"{path}.{Environment.ProcessId}";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        string[] include = packages.Length > 0 ? ["--include=" + string.Join(',', packages)] : [];
        Shell.Run("debootstrap", ["--variant=minbase", .. include, suite, making, DebianMirror.Main]);
        foreach (var ballast in new[] { "usr/share/doc", "usr/share/man", "usr/share/locale", "var/cache/apt", "var/lib/apt/lists", "etc/apt/sources.list" })
            Shell.Run("rm", "-rf", $"{making}/{ballast}");
        Shell.Run("mkdir", "-p", $"{making}/var/cache/apt/archives/partial", $"{making}/var/lib/apt/lists/partial");
        Directory.Move(making, path);
        return path;
    }
}
