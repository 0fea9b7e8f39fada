using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>What goes for no update, whoever has approved it.</summary>
internal static class AptProtected
{
    /// <summary>The names of those packages that are on hold, essential to the system by their makers' will, or of the kernel that runs.</summary>
    public static async Task<IReadOnlyList<string>> AmongAsync(HostCommands commands, IReadOnlyList<InstalledPackage> packages, Deadline deadline)
    {
        if (packages.Count == 0)
            return [];
        var essential = Essential(await commands.ReadAsync(AptCommands.Essential(packages.Select(package => package.Name)), deadline.Token));
        return
        [
            .. packages
                .Where(package => package.Held || essential.Contains(package.Name.Split(':')[0]) || KernelImage.IsOf(RunningKernel.Release, package.Name))
                .Select(package => package.Name),
        ];
    }

    /// <summary>The names of those that any of their fields says it of.</summary>
    /// <param name="output">What <see cref="AptCommands.Essential"/> prints.</param>
    public static HashSet<string> Essential(string output) =>
    [
        .. output.Split('\n').Select(line => line.Split('\t')).Where(fields => fields is [_, var flags] && flags.Contains("yes", StringComparison.Ordinal))
            .Select(fields => fields[0]),
    ];
}
