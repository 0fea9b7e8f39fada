using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Rpm;

namespace PatchOperator.Agent.Tests.Dnf;

/// <summary>A host that dnf 4 manages, as AlmaLinux 9 does.</summary>
internal sealed class DnfHost : RpmHost
{
    public const string Alma = """
        ID="almalinux"
        ID_LIKE="rhel centos fedora"
        VERSION_ID="9.4"
        PLATFORM_ID="platform:el9"
        PRETTY_NAME="AlmaLinux 9.4 (Seafoam Ocelot)"

        """;

    public DnfHost()
        : base(BaseSystem.Dnf, Alma)
    {
        // dnf asks there whether a process that has a lock is still alive, and when the host was booted.
        Mount("proc", "/proc");
        // A process is as old, for dnf needs-restarting, as its entry there, which is made when somebody asks for it.
        Run("stat", "/proc/1");
        Configure();
        Write("/etc/dnf/plugins/local.conf", "[main]\nenabled = false\n");
    }

    /// <summary>Lines of dnf.conf besides those that Red Hat's family comes with.</summary>
    public DnfHost Configure(params string[] lines)
    {
        Write("/etc/dnf/dnf.conf", $"[main]\ngpgcheck=1\ninstallonly_limit=3\nclean_requirements_on_remove=True\nbest=True\nskip_if_unavailable=False\n{string.Join('\n', lines)}\n");
        return this;
    }

    public override RpmHost Install(params string[] packages)
    {
        Run("dnf-3", "makecache", "--refresh");
        Run("dnf-3", ["install", "--assumeyes", .. packages]);
        return this;
    }

    protected override void AddRepository(string name, string path) => AddRepository(name, $"file://{path}", "");

    /// <param name="name">Its ID and its name.</param>
    /// <param name="address">Its URL.</param>
    /// <param name="more">Lines of its own.</param>
    public void AddRepository(string name, string address, string more) =>
        Write($"/etc/yum.repos.d/{name}.repo", $"[{name}]\nname=the repository {name}\nbaseurl={address}\nenabled=1\ngpgcheck=0\n{more}\n");
}
