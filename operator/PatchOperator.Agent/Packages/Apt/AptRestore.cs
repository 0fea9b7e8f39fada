using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Keeps packages before they are replaced, and finds out how to bring them back.</summary>
internal sealed class AptRestore(HostCommands commands, Progress progress)
{
    /// <param name="replaced">What will be.</param>
    /// <param name="native">The host's architecture.</param>
    /// <param name="folder">A folder of the host.</param>
    /// <param name="deadline">The step's.</param>
    /// <exception cref="StepFailureException">DiskFull; nothing was touched.</exception>
    public async Task<KeptFacts> KeepAsync(IReadOnlyList<InstalledPackage> replaced, string native, string folder, Deadline deadline)
    {
        // What is not whole is not kept: to bring it back would break the host.
        var missing = replaced.Where(package => package.Complete && !File.Exists(Kept(package, folder))).ToList();
        // Each is laid out, and a copy of it made meanwhile, beside what is packed already.
        var needs = missing.Sum(package => package.SizeKiB) + 2 * missing.Select(package => package.SizeKiB).DefaultIfEmpty().Max();
        if (DiskSpace.Of(commands.Root).Shortages([new DiskSpace.Need(folder, needs * 1024)]) is { Count: > 0 } shortages)
            throw StepFailureException.Precondition(
                AgentReasons.DiskFull, $"to keep what is replaced {string.Join("; ", shortages)}; nothing was touched");
        if (missing.Count > 0)
            progress.Say($"keeping {missing.Count} packages that will be replaced");
        foreach (var package in missing)
            await new DpkgRepack(commands, native).PackAsync(package, folder, NameOf(package), deadline);
        var kept = replaced.Select(package => new FileInfo(Kept(package, folder))).Where(file => file.Exists).ToList();
        return new KeptFacts(kept.Count, kept.Sum(file => file.Length), [.. replaced.Where(package => !package.Complete).Select(package => package.Name)]);
    }

    /// <returns>What to ask apt for.</returns>
    /// <exception cref="StepFailureException">NotBroughtBack: there is no way, or apt would do anything else as well; nothing was touched.</exception>
    public async Task<IReadOnlyList<string>> PlanAsync(Restoration restoration, string folder, Deadline deadline)
    {
        IReadOnlyList<string> request =
        [
            .. restoration.Back.Select(package => File.Exists(Kept(package, folder)) ? $"{folder}/{NameOf(package)}" : $"{package.Name}={package.Version}"),
            .. restoration.Gone.Select(package => package.Name + "-"),
        ];
        var result = await commands.RunAsync(AptCommands.SimulateRestore(request), deadline.Token);
        if (!result.Succeeded)
            throw Restoration.Failure($"apt finds no way back: {AptMessages.Tail(result.Output + "\n" + result.Errors)}");
        var simulation = AptSimulation.Parse(result.Output);
        restoration.ThrowIfOther(
            "apt", simulation.Installs.Select(install => (install.Name, install.To)), simulation.Removals.Select(name => (name, (string?)null)));
        return request;
    }

    private string Kept(InstalledPackage package, string folder) => commands.Root.Locate($"{folder}/{NameOf(package)}");

    // apt reads it as part of a URI: no character in it may mean anything there.
    private static string NameOf(InstalledPackage package) => $"{package.Name}_{package.Version}.deb".Replace(':', '_');
}
