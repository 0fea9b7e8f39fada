using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Dnf5;
using PatchOperator.Agent.Packages.Zypper;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>Finds the package manager of a host.</summary>
internal static class PackageManagers
{
    private static readonly string[] DnfFamily = ["rhel", "centos", "fedora", "almalinux", "rocky", "ol", "amzn", "azurelinux", "mariner"];
    private static readonly string[] Directories = ["/usr/bin", "/bin"];

    /// <exception cref="StepFailureException">UnsupportedSystem, naming the system.</exception>
    public static IPackageManager Detect(OsRelease os, HostCommands commands, IMutations mutations, Progress progress)
    {
        if (ReplacedSystem.Because(os, commands.Root) is { } replaced)
            throw Unsupported(os, commands, replaced);
        if (os.IsA("debian", "ubuntu"))
            return Has(commands.Root, "apt-get", "dpkg")
                ? AptPackageManager.On(commands, mutations, progress)
                : throw Unsupported(os, commands, "it has no apt-get with dpkg: install apt");
        if (os.IsA(DnfFamily))
            return IsOfDnf5(commands.Root) ? new DnfPackageManager(commands, new Dnf5Commands(), mutations, progress)
                : Has(commands.Root, DnfOptions.Program, "rpm") ? new DnfPackageManager(commands, new Dnf4Commands(), mutations, progress)
                : throw Unsupported(os, commands, DnfMissing(commands.Root));
        if (os.IsA("suse"))
            return Has(commands.Root, "zypper", "rpm")
                ? new ZypperPackageManager(commands, mutations, progress)
                : throw Unsupported(os, commands, "it has no zypper with rpm: install zypper");
        throw Unsupported(os, commands, "only the families of Debian with apt, of Red Hat Enterprise Linux with dnf, and of SUSE with zypper are");
    }

    /// <summary>
    /// Each generation keeps records of its own of why a package is there, and locks of its own: of two, the one counts that people and the distribution's own
    /// services use, which is the one that they call dnf.
    /// </summary>
    private static bool IsOfDnf5(HostRoot root) =>
        Has(root, Dnf5Options.Program, "rpm")
        && !(Has(root, DnfOptions.Program) && Path.GetFileName(root.Locate("/usr/bin/dnf")) == DnfOptions.Program);

    private static string DnfMissing(HostRoot root) => Has(root, "yum")
        ? "it has yum without dnf: install dnf, or replace it by a release that has it"
        : "it has no dnf 4 (dnf-3) or dnf 5 (dnf5) with rpm: install dnf";

    private static StepFailureException Unsupported(OsRelease os, HostCommands commands, string why) => StepFailureException.Precondition(
        AgentReasons.UnsupportedSystem, $"the system '{os.Id}' ({os.PrettyName}) at {commands.Root.Path} is not supported: {why}");

    private static bool Has(HostRoot root, params string[] programs) =>
        programs.All(program => Directories.Any(directory => root.FileExists($"{directory}/{program}")));
}
