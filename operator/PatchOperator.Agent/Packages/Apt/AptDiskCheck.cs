using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Whether there is room for what apt and dpkg are about to do: a disk that is full half way leaves a host that is neither old nor new.</summary>
internal sealed class AptDiskCheck(HostRoot root)
{
    /// <summary>A sentence for each file system on which an installation has no room; empty when all have.</summary>
    /// <param name="installs">What apt will install.</param>
    /// <param name="records">What archives say of it.</param>
    /// <param name="policies">Which archives those are.</param>
    /// <param name="installed">What is installed now.</param>
    public IReadOnlyList<string> Installing(
        IReadOnlyList<AptSimulation.Install> installs,
        IReadOnlyList<AptRecord> records,
        IReadOnlyDictionary<string, AptPolicy> policies,
        IReadOnlyList<InstalledPackage> installed)
    {
        if (installs.Count == 0)
            return [];
        var downloads = records.Where(record => !IsLocal(record, policies) && !AptArchives.Have(root, record));
        return Shortages(AptDiskNeeds.Of(root, installs, records, installed, downloads.Sum(record => record.Bytes)));
    }

    /// <summary>A sentence for each file system on which there is no room to configure what is unpacked; empty when all have.</summary>
    /// <param name="installed">What is installed now.</param>
    public IReadOnlyList<string> Configuring(IReadOnlyList<InstalledPackage> installed) =>
        Shortages(AptDiskNeeds.OfConfiguring(root, [.. installed.Where(package => !package.Complete).Select(package => package.Name)]));

    private static bool IsLocal(AptRecord record, IReadOnlyDictionary<string, AptPolicy> policies) =>
        (policies.GetValueOrDefault($"{record.Name}:{record.Architecture}") ?? policies.GetValueOrDefault(record.Name))?.IsLocal(record.Version) == true;

    private IReadOnlyList<string> Shortages(IEnumerable<DiskSpace.Need> needs) => DiskSpace.Of(root).Shortages(needs);
}
