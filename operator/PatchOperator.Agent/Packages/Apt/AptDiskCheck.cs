using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Whether there is room for what apt and dpkg are about to do: a disk that is full half way leaves a host that is neither old nor new.</summary>
internal sealed class AptDiskCheck(HostCommands commands)
{
    /// <summary>A sentence for each file system on which an installation has no room; empty when all have.</summary>
    /// <param name="downloads">Prints what apt would download for it.</param>
    /// <param name="installs">What it will install.</param>
    /// <param name="installed">What is installed now.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<IReadOnlyList<string>> InstallingAsync(
        HostCommand downloads, IReadOnlyList<AptSimulation.Install> installs, IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        if (installs.Count == 0)
            return [];
        var bytes = AptDownloads.Bytes(await commands.ReadAsync(downloads, deadline.Token));
        var sizes = Sizes(await commands.ReadAsync(AptCommands.Show(installs), deadline.Token), installs);
        return Shortages(AptDiskNeeds.Of(commands.Root, installs, sizes, installed, bytes));
    }

    /// <summary>A sentence for each file system on which there is no room to configure what is unpacked; empty when all have.</summary>
    /// <param name="installed">What is installed now.</param>
    public IReadOnlyList<string> Configuring(IReadOnlyList<InstalledPackage> installed) =>
        Shortages(AptDiskNeeds.OfConfiguring(commands.Root, [.. installed.Where(package => !package.Complete).Select(package => package.Name)]));

    private IReadOnlyList<string> Shortages(IEnumerable<DiskSpace.Need> needs) => DiskSpace.Of(commands.Root).Shortages(needs);

    /// <summary>In KiB by name as apt-get prints it: a foreign package is listed under its bare name with its architecture beside it.</summary>
    private static Dictionary<string, long> Sizes(string output, IReadOnlyList<AptSimulation.Install> installs)
    {
        var stanzas = output.Split("\n\n").Select(AptStanza.Parse).ToLookup(stanza => stanza.GetValueOrDefault("Package", ""));
        return installs.ToDictionary(install => install.Name, install => stanzas[install.Name.Split(':')[0]].Select(Size).DefaultIfEmpty().Max());
    }

    private static long Size(IReadOnlyDictionary<string, string> stanza) =>
        long.TryParse(stanza.GetValueOrDefault("Installed-Size"), CultureInfo.InvariantCulture, out var size) ? size : 0;
}
