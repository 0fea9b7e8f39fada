using System.Security.Cryptography;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Packages that are downloaded already. apt looks at the size of such a file alone.</summary>
internal sealed class AptArchives(HostCommands commands, Progress progress)
{
    private const string Folder = "/var/cache/apt/archives";

    // What was downloaded for a turn that has not come yet: a newer version may come before it, or the update is not asked for any more.
    private const string StagedFolder = "/var/cache/patch-operator";
    private const string StagedList = StagedFolder + "/staged";

    /// <summary>
    /// Where those of an installation are that are there. One that is not what the signed lists say is deleted, and apt downloads it anew to the same place.
    /// </summary>
    public async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyList<ApprovedUpdate> updates, Deadline deadline)
    {
        var found = await FindAsync(updates, deadline);
        foreach (var (file, stanza) in found)
        {
            if (stanza.GetValueOrDefault("SHA256") is not { } expected || expected == await HashAsync(file, deadline))
                continue;
            progress.Say($"{Path.GetFileName(file)} is not what the archive has, and is downloaded anew");
            File.Delete(file);
        }

        return [.. found.Select(entry => entry.File)];
    }

    /// <summary>Remembers what is downloaded for these updates; what was for others, and is there still, goes.</summary>
    public async Task KeepStagedAsync(IReadOnlyList<ApprovedUpdate> updates, Deadline deadline)
    {
        var kept = (await FindAsync(updates, deadline)).Select(entry => Path.GetFileName(entry.File)).ToList();
        var list = commands.Root.Locate(StagedList);
        if (File.Exists(list))
        {
            foreach (var name in (await File.ReadAllLinesAsync(list)).Except(kept))
                File.Delete(commands.Root.Locate($"{Folder}/{Path.GetFileName(name)}"));
            File.Delete(list);
        }

        if (kept.Count == 0)
            return;
        Directory.CreateDirectory(commands.Root.Locate(StagedFolder));
        await File.WriteAllLinesAsync(list, kept);
    }

    private async Task<IReadOnlyList<(string File, IReadOnlyDictionary<string, string> Stanza)>> FindAsync(
        IReadOnlyList<ApprovedUpdate> updates, Deadline deadline)
    {
        if (updates.Count == 0 || !commands.Root.DirectoryExists(Folder) || !Directory.EnumerateFiles(commands.Root.Locate(Folder), "*.deb").Any())
            return [];
        var installs = updates.Select(update => new AptSimulation.Install(update.Name, "", update.Version));
        return
        [
            .. (await commands.ReadAsync(AptCommands.Show(installs), deadline.Token)).Split("\n\n").Select(AptStanza.Parse)
                .Select(stanza => (File: commands.Root.Locate($"{Folder}/{FileName(stanza)}"), Stanza: stanza))
                .Where(entry => File.Exists(entry.File)),
        ];
    }

    // As apt names them: an epoch's colon is no character of file names everywhere.
    private static string FileName(IReadOnlyDictionary<string, string> stanza)
    {
        var version = stanza.GetValueOrDefault("Version", "").Replace(":", "%3a", StringComparison.Ordinal);
        return $"{stanza.GetValueOrDefault("Package")}_{version}_{stanza.GetValueOrDefault("Architecture")}.deb";
    }

    private static async Task<string> HashAsync(string file, Deadline deadline)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, deadline.Token));
    }
}
