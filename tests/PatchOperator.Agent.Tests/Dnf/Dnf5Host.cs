using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Tests.Hosts;

namespace PatchOperator.Agent.Tests.Dnf;

/// <summary>A host that dnf 5 manages, as Fedora 43 does.</summary>
internal sealed class Dnf5Host : DnfHost
{
    public const string Fedora = """
        ID=fedora
        VERSION_ID=43
        PLATFORM_ID="platform:f43"
        PRETTY_NAME="Fedora Linux 43 (Server Edition)"

        """;

    public Dnf5Host()
        : base(BaseSystem.Dnf5, Fedora, "dnf5") => Write("/etc/dnf/libdnf5-plugins/local.conf", "[main]\nname = local\nenabled = false\n");

    public override string Cache => "/var/cache/libdnf5";

    public override string TransactionLock => "/var/lib/dnf/system-repo.lock";

    public override int TransactionProcess => FileLock.Holder(PathOf(TransactionLock))!.Value;

    public override void Misconfigure()
    {
        Configure("assumeyes=True", "defaultyes=True", "color=always", "metadata_expire=0", "skip_unavailable=True", "optional_metadata_types=");
        Write("/etc/dnf/dnf5-aliases.d/evil.conf", "version = '1.0'\n['upgrade']\ntype = 'command'\nattached_command = 'remove'\n");
    }

    public override string OsFamily => "fedora-43";

    public override void MarkAutomatic(string package) => Dnf("--assumeyes", "mark", "dependency", package);
}
