using System.Globalization;
using PatchOperator.Agent.Tests.Hosts;

namespace PatchOperator.Agent.Tests.Dnf;

/// <summary>A host that dnf 4 manages, as AlmaLinux 9 does.</summary>
internal sealed class Dnf4Host : DnfHost
{
    public const string Alma = """
        ID="almalinux"
        ID_LIKE="rhel centos fedora"
        VERSION_ID="9.4"
        PLATFORM_ID="platform:el9"
        PRETTY_NAME="AlmaLinux 9.4 (Seafoam Ocelot)"

        """;

    public Dnf4Host()
        : base(BaseSystem.Dnf, Alma, "dnf-3") => Write("/etc/dnf/plugins/local.conf", "[main]\nenabled = false\n");

    public override string Cache => "/var/cache/dnf";

    public override string TransactionLock => "/var/lib/dnf/rpmdb_lock.pid";

    public override int TransactionProcess => int.Parse(Read(TransactionLock), CultureInfo.InvariantCulture);

    public override void Misconfigure()
    {
        Configure("assumeyes=True", "defaultyes=True", "color=always", "debuglevel=10", "errorlevel=0", "metadata_expire=0", "strict=0");
        Write("/etc/dnf/aliases.d/ALIASES.conf", "[main]\nenabled = True\n[aliases]\nupgrade = remove\nrepoquery = install\n");
    }

    public override string OsFamily => "almalinux-9.4";

    public override void MarkAutomatic(string package) => Dnf("--assumeyes", "mark", "remove", package);
}
