using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>What an archive says of one version of a package.</summary>
/// <param name="Name">Its name, without the architecture.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Version">Its version.</param>
/// <param name="InstalledKiB">What it takes on disk, in KiB.</param>
/// <param name="Bytes">How large its file is.</param>
/// <param name="Sha256">The hash of its file; null where the archive has none.</param>
internal sealed record AptRecord(string Name, string Architecture, string Version, long InstalledKiB, long Bytes, string? Sha256)
{
    /// <summary>As apt names the file that it downloads: an epoch's colon is no character of file names everywhere.</summary>
    public string FileName => $"{Name}_{Version.Replace(":", "%3a", StringComparison.Ordinal)}_{Architecture}.deb";

    /// <summary>Asks apt what archives say of what it will install.</summary>
    public static async Task<IReadOnlyList<AptRecord>> ReadAsync(HostCommands commands, IReadOnlyList<AptSimulation.Install> installs, Deadline deadline) =>
        installs.Count == 0 ? [] : ParseAll(await commands.ReadAsync(AptCommands.Show(installs), deadline.Token));

    /// <summary>Reads what <see cref="AptCommands.Show"/> prints.</summary>
    public static IReadOnlyList<AptRecord> ParseAll(string output) =>
        [.. output.Split("\n\n").Select(AptStanza.Parse).Where(stanza => stanza.ContainsKey("Package")).Select(Read)];

    private static AptRecord Read(IReadOnlyDictionary<string, string> stanza)
    {
        return new AptRecord(
            Of("Package"), Of("Architecture"), Of("Version"), Number("Installed-Size"), Number("Size"), stanza.GetValueOrDefault("SHA256"));

        string Of(string field) => stanza.GetValueOrDefault(field, "");
        long Number(string field) => long.TryParse(Of(field), CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
