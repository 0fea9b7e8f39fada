using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>Finds the package manager of a host.</summary>
internal static class PackageManagers
{
    private static readonly string[] Directories = ["/usr/bin", "/bin"];

    /// <exception cref="StepFailureException">UnsupportedSystem, naming the system.</exception>
    public static IPackageManager Detect(OsRelease os, HostCommands commands, IMutations mutations, Progress progress)
    {
        if ((os.IsA("debian") || os.IsA("ubuntu")) && Has(commands.Root, "apt-get") && Has(commands.Root, "dpkg"))
            return AptPackageManager.On(commands, mutations, progress);
        throw StepFailureException.Precondition(
            AgentReasons.UnsupportedSystem,
            $"the system '{os.Id}' ({os.PrettyName}) at {commands.Root.Path} is not supported: only Debian and its family, with apt-get and dpkg, is");
    }

    private static bool Has(HostRoot root, string program) => Directories.Any(directory => root.FileExists($"{directory}/{program}"));
}
