using System.Text.RegularExpressions;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>Whether the kernel that runs is the newest of its package that is installed: which release a package brings, its files say.</summary>
internal static partial class RpmKernels
{
    private const string Fields = @"[%{=NAME}\t%{=EPOCHNUM}\t%{=VERSION}\t%{=RELEASE}\t%{FILENAMES}\n]";

    private static readonly HostCommand Files = new("rpm", "-q", "--queryformat", Fields, "--whatprovides", "kernel");

    public static async Task<RebootFinding> FindAsync(HostCommands commands, Deadline deadline)
    {
        var files = await FilesAsync(commands, deadline);
        return RebootFinding.Ask(() => Examine(RunningKernel.Release, files));
    }

    /// <summary>The names of installed packages that bring a kernel.</summary>
    public static async Task<IReadOnlySet<string>> NamesAsync(HostCommands commands, Deadline deadline) =>
        ParseAll(await FilesAsync(commands, deadline)).Select(kernel => kernel.Package).ToHashSet();

    /// <summary>Where no kernel is installed, the one that runs is nothing that a reboot of this host would change.</summary>
    /// <param name="running">What <c>uname -r</c> prints.</param>
    /// <param name="files">Lines of name, epoch, version, release and file, of all packages that provide a kernel.</param>
    public static RebootFinding Examine(string running, string files)
    {
        var kernels = ParseAll(files);
        if (kernels.Count == 0)
            return RebootFinding.No;
        var current = kernels.Find(kernel => kernel.Release == running);
        var name = current?.Package ?? (kernels.DistinctBy(kernel => kernel.Package).Count() == 1 ? kernels[0].Package : null);
        if (name is null)
        {
            var releases = string.Join(", ", kernels.Select(kernel => kernel.Release).Distinct());
            return RebootFinding.Unknown($"kernel {running} is running, which no package has brought; installed: {releases}");
        }

        var newest = kernels.Where(kernel => kernel.Package == name).MaxBy(kernel => kernel.Version, RpmVersions.Order)!;
        return newest.Release == running ? RebootFinding.No
            : RebootFinding.Due($"kernel {newest.Release} is installed, {running} is running{(current is null ? " and its package is gone" : "")}");
    }

    /// <summary>Name and version of the package that brought the kernel which runs; null where none did, as in a container.</summary>
    public static async Task<(string Name, string Version)?> RunningAsync(HostCommands commands, Deadline deadline)
    {
        var current = ParseAll(await FilesAsync(commands, deadline)).Find(kernel => kernel.Release == RunningKernel.Release);
        return current is null ? null : (current.Package, current.Version);
    }

    /// <summary>Those of some packages that came with the kernel which runs: all parts of one have its version.</summary>
    public static async Task<IReadOnlyList<InstalledPackage>> OfRunningAsync(
        HostCommands commands, IReadOnlyList<InstalledPackage> packages, Deadline deadline) =>
        packages.Count > 0 && await RunningAsync(commands, deadline) is { } running
            ? [.. packages.Where(package => package.Name.StartsWith("kernel", StringComparison.Ordinal) && package.Version == running.Version)]
            : [];

    /// <summary>rpm ends with 1 where no kernel is installed, as in a container.</summary>
    private static async Task<string> FilesAsync(HostCommands commands, Deadline deadline) => (await commands.RunAsync(Files, deadline.Token)).Output;

    private static List<Kernel> ParseAll(string files) => [.. files.Split('\n').Select(Parse).OfType<Kernel>()];

    private static Kernel? Parse(string line) =>
        line.Split('\t') is [var name, var epoch, var version, var release, var file] && Image().Match(file) is { Success: true } image
            ? new Kernel(name, RpmDatabase.Evr(epoch, version, release), image.Groups["release"].Value)
            : null;

    [GeneratedRegex(
        @"\A(/boot/(vmlinuz|vmlinux|Image|image|zImage)-(?<release>[0-9][^/]*)"
        + @"|(/usr)?/lib/modules/(?<release>[0-9][^/]*)/(vmlinuz|vmlinux|Image|image|zImage))\z")]
    private static partial Regex Image();

    private sealed record Kernel(string Package, string Version, string Release);
}
