using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages;

/// <summary>
/// Systems that are updated as a whole, by another image: a package manager that happens to be there would change what the next boot, or the next image, takes
/// back.
/// </summary>
internal static class ReplacedSystem
{
    private const string OsTree = "/run/ostree-booted";
    private const string TransactionalUpdate = "/usr/sbin/transactional-update";

    /// <summary>By ID of os-release: who updates it instead.</summary>
    private static readonly Dictionary<string, string> Updaters = new()
    {
        ["bottlerocket"] = "the Bottlerocket update operator",
        ["talos"] = "talosctl upgrade",
        ["flatcar"] = "the Flatcar Linux Update Operator",
        ["cos"] = "an upgrade of its node pool",
        ["rhcos"] = "the Machine Config Operator",
        ["ubuntu-core"] = "a refresh of its snaps",
        ["nixos"] = "nixos-rebuild",
        ["photon-ostree"] = "rpm-ostree upgrade",
    };

    /// <summary>Why the packages of a host are not to be changed, and who updates it; null for a system that lives by its packages.</summary>
    public static string? Because(OsRelease os, HostRoot root) =>
        Updaters.GetValueOrDefault(os.Id) is { } updater ? $"it is replaced as a whole: leave it to {updater}"
        : root.FileExists(OsTree) ? $"it was booted from an image ({OsTree} exists): leave it to bootc upgrade or rpm-ostree upgrade"
        : root.FileExists(TransactionalUpdate) ? "it is updated by snapshots: leave it to transactional-update"
        : MountTable.OfAgent().Of(root.Locate("/usr")).ReadOnly ? "its /usr is on a file system that is read-only: replace it by a newer image"
        : null;
}
