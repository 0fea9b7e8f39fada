using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A root file system made by debootstrap from one suite of Debian's main archive alone: kept between runs; what a test changes lies over it.</summary>
internal sealed class BaseSystem
{
    /// <summary>Part of the cache's key: change it when the recipe below changes.</summary>
    private const string Recipe = "2";

    private readonly Lazy<string> made;

    private BaseSystem(string name, string suite, params string[] packages) => made = new Lazy<string>(() => Make(name, suite, packages));

    /// <summary>Debian itself.</summary>
    public static BaseSystem Debian { get; } = new("debian", DebianMirror.Suite);

    /// <summary>The same with systemd, which can be booted.</summary>
    public static BaseSystem Systemd { get; } = new("systemd", DebianMirror.Suite, "systemd", "dbus");

    /// <summary>The next one, which has apt 3.</summary>
    public static BaseSystem Debian13 { get; } = new("debian", "trixie");

    /// <summary>Debian with what looks at each run of apt and has something to ask.</summary>
    public static BaseSystem Asking { get; } = new("asking", DebianMirror.Suite, "needrestart", "apt-listchanges");

    /// <summary>A system that dnf manages: Debian brings dnf and rpm, and nothing is in rpm's database.</summary>
    public static BaseSystem Dnf { get; } = new("dnf", DebianMirror.Suite, "rpm", "dnf", "dnf-plugins-core");

    /// <summary>A system that dnf 5 manages, which no release of Debian has had before this one.</summary>
    public static BaseSystem Dnf5 { get; } = new("dnf5", "forky", "rpm", "dnf5");

    /// <summary>A system that zypper manages, likewise, and of which snapper could make snapshots.</summary>
    public static BaseSystem Zypper { get; } = new("zypper-snapper", DebianMirror.Suite, "rpm", "zypper", "snapper");

    /// <exception cref="InvalidOperationException">The tests do not run as root, or a tool is missing.</exception>
    public string Path => made.Value;

    private static string Make(string name, string suite, string[] packages)
    {
        if (!Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("this test changes real root file systems (debootstrap, chroot, mount) and needs root: run it as root");
        var path = Cache.PathOf($"agent-rootfs-{suite}-{name}-{Recipe}");
        return Directory.Exists(path) ? path : Bootstrap(path, suite, packages);
    }

    private static string Bootstrap(string path, string suite, string[] packages)
    {
        var making = $"{path}.{Environment.ProcessId}";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        string[] include = packages.Length > 0 ? ["--include=" + string.Join(',', packages)] : [];
        // A debootstrap that is older than a suite does not know it by name: all are made alike.
        Shell.Run("debootstrap", ["--variant=minbase", .. include, suite, making, DebianMirror.Main, "sid"]);
        foreach (var ballast in new[] { "usr/share/doc", "usr/share/man", "usr/share/locale", "var/cache/apt", "var/lib/apt/lists", "etc/apt/sources.list" })
            Shell.Run("rm", "-rf", $"{making}/{ballast}");
        Shell.Run("mkdir", "-p", $"{making}/var/cache/apt/archives/partial", $"{making}/var/lib/apt/lists/partial");
        Directory.Move(making, path);
        return path;
    }
}
