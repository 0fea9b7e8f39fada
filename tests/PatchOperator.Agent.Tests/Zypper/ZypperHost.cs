using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Zypper;

/// <summary>A host that zypper manages: it says it is one of SUSE's.</summary>
internal sealed class ZypperHost : RpmHost
{
    public const string Sles = "NAME=\"SLES\"\nVERSION_ID=\"15.6\"\nPRETTY_NAME=\"SUSE Linux Enterprise Server 15 SP6\"\nID=\"sles\"\nID_LIKE=\"suse\"\n";
    public const string Leap = "NAME=\"openSUSE Leap\"\nVERSION_ID=\"15.6\"\nPRETTY_NAME=\"openSUSE Leap 15.6\"\nID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n";

    public ZypperHost(string osRelease = Sles)
        : base(BaseSystem.Zypper, osRelease) => Configure();

    private ZypperHost(bool onBtrfs)
        : base(BaseSystem.Zypper, Sles, onBtrfs)
    {
        Configure();
        // Where snapper sees what is mounted: a system that nobody has booted has neither.
        Mount("proc", "/proc");
        File.Delete(PathOf("etc/mtab"));
        File.CreateSymbolicLink(PathOf("etc/mtab"), "../proc/self/mounts");
        Snapper("create-config", "/");
    }

    /// <summary>Of whose root snapper makes snapshots.</summary>
    public static ZypperHost WithSnapper() => new(onBtrfs: true);

    public string Snapper(params string[] arguments) => Run("snapper", ["--no-dbus", .. arguments]);

    private void Configure() => Write("etc/zypp/zypp.conf", "[main]\nmultiversion = provides:multiversion(kernel)\n");

    /// <summary>Puts packages into another repository, and names it to zypper.</summary>
    public ZypperHost OfferElsewhere(string name, int priority, params RpmPackage[] packages)
    {
        foreach (var package in packages)
            package.BuildIn(PathOf(name));
        Shell.Run("createrepo_c", "--quiet", "--no-database", PathOf(name));
        WriteRepository(name, $"dir:/{name}", $"priority={priority}\n");
        return this;
    }

    /// <summary>Names a repository to zypper, with lines of its own.</summary>
    public void WriteRepository(string name, string address, string more = "") =>
        Write($"etc/zypp/repos.d/{name}.repo", $"[{name}]\nname={name}\nenabled=1\nautorefresh=0\nbaseurl={address}\ngpgcheck=0\n{more}");

    /// <summary>Keeps what matches as it is, as an administrator would.</summary>
    public ZypperHost Lock(string pattern)
    {
        Run("zypper", "--non-interactive", "addlock", pattern);
        return this;
    }

    public override RpmHost Install(params string[] packages)
    {
        Run("zypper", "--non-interactive", "refresh");
        Run("zypper", ["--non-interactive", "install", "--no-recommends", "--oldpackage", "--", .. packages]);
        return this;
    }

    protected override void AddRepository(string name, string path) => WriteRepository(name, $"dir:{path}");
}
