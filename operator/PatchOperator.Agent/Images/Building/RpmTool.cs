using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Zypper;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Images.Building;

/// <summary>A package manager that can fill a root that is empty.</summary>
/// <param name="Name">Its name, as the driver has it.</param>
/// <param name="Folders">Where it looks for repositories; the first is the one to write to.</param>
/// <param name="Lines">What the file of a repository has besides what is the same for all.</param>
/// <param name="Driver">What works with it.</param>
internal sealed record RpmTool(
    string Name, IReadOnlyList<string> Folders, IReadOnlyList<string> Lines, Func<HostCommands, IMutations, Progress, IPackageManager> Driver)
{
    public static RpmTool Dnf { get; } = new(
        "dnf",
        ["/etc/yum.repos.d", "/etc/distro.repos.d"],
        [],
        (commands, mutations, progress) => new DnfPackageManager(commands, new Dnf4Commands(), mutations, progress));

    public static RpmTool Zypper { get; } = new(
        "zypper", ["/etc/zypp/repos.d"], ["autorefresh=1"], (commands, mutations, progress) => new ZypperPackageManager(commands, mutations, progress));
}
