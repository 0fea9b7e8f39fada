namespace PatchOperator.Agent.Packages.Apt;

/// <summary>One version of a package that apt knows.</summary>
/// <param name="Priority">What apt makes of all pins, see apt_preferences(5).</param>
/// <param name="Indexes">The indexes that offer it, each with the priority of its archive.</param>
/// <param name="IsPhased">Whether its maker gives it to a share of all hosts first.</param>
internal sealed record AptVersion(int Priority, IReadOnlyDictionary<string, int> Indexes, bool IsPhased = false)
{
    /// <summary>Archives up to here are those that only fill gaps, such as backports: nothing is upgraded to what they have.</summary>
    private const int FillsGaps = 100;

    private const string InstalledOnly = "/var/lib/dpkg/status";

    /// <summary>Whether an archive offers it, rather than only the host's own list of what it has.</summary>
    public bool IsOffered => Indexes.Keys.Any(index => index != InstalledOnly);

    /// <summary>Whether it is on the host's own disks in every archive that offers it: apt takes the file from there.</summary>
    public bool IsLocal => IsOffered && Indexes.Keys.All(index => index == InstalledOnly || index.StartsWith("file:", StringComparison.Ordinal));

    /// <summary>The priority of the best archive that offers it.</summary>
    public int ArchivePriority => Indexes.Where(index => index.Key != InstalledOnly).Select(index => index.Value).DefaultIfEmpty(Priority).Max();

    /// <summary>Whether a pin of the very package, rather than the archive, gives the priority.</summary>
    public bool IsPinned => Priority != ArchivePriority;

    /// <summary>Whether an archive offers it for upgrades.</summary>
    public bool IsForUpgrades => IsOffered && ArchivePriority > FillsGaps;
}
