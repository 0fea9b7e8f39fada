using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>Packages besides kernels that have ramdisks made anew, as those of microcode and of modules for kernels.</summary>
internal static class RamdiskScripts
{
    /// <summary>In a script of a package: SUSE's own request, dracut(8), and what Red Hat's packages of modules call, which calls dracut.</summary>
    private static readonly string[] Requests = ["regenerate-initrd", "dracut", "weak-modules"];

    /// <summary>Whether one of some packages has a script that asks for it, as it is installed.</summary>
    public static async Task<bool> AreInAsync(HostCommands commands, IReadOnlyCollection<string> packages, Deadline deadline)
    {
        if (packages.Count == 0)
            return false;
        var scripts = await commands.RunAsync(new HostCommand("rpm", ["-q", "--scripts", "--", .. packages]), deadline.Token);
        return Requests.Any(request => scripts.Output.Contains(request, StringComparison.Ordinal));
    }
}
