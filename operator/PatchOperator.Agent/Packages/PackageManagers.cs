using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Agent.Packages.Dnf;
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
            return DnfMissing(commands.Root) is { } missing ? throw Unsupported(os, commands, missing) : DnfPackageManager.On(commands, mutations, progress);
        if (os.IsA("suse"))
            return Has(commands.Root, "zypper", "rpm")
                ? new ZypperPackageManager(commands, mutations, progress)
                : throw Unsupported(os, commands, "it has no zypper with rpm: install zypper");
        throw Unsupported(os, commands, "only the families of Debian with apt, of Red Hat Enterprise Linux with dnf 4, and of SUSE with zypper are");
    }

    /// <summary>dnf 5 keeps records of its own: dnf 4 beside it would not know why a package is there.</summary>
    private static string? DnfMissing(HostRoot root) =>
        Has(root, "dnf5") ? "it is managed by dnf5, and only dnf 4 is supported"
        : Has(root, DnfOptions.Program, "rpm") ? null
        : Has(root, "yum") ? "it has yum without dnf 4, and only dnf 4 is supported"
        : "it has no dnf 4 (dnf-3) with rpm: install dnf";

    private static StepFailureException Unsupported(OsRelease os, HostCommands commands, string why) => StepFailureException.Precondition(
        AgentReasons.UnsupportedSystem, $"the system '{os.Id}' ({os.PrettyName}) at {commands.Root.Path} is not supported: {why}");

    private static bool Has(HostRoot root, params string[] programs) =>
        programs.All(program => Directories.Any(directory => root.FileExists($"{directory}/{program}")));
}
