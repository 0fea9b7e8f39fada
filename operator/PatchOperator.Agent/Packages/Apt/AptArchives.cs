using System.Security.Cryptography;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Packages that are downloaded already. apt looks at the size of such a file alone.</summary>
internal sealed class AptArchives(HostRoot root, Progress progress)
{
    private const string Folder = "/var/cache/apt/archives";

    private readonly StagedFiles staged = new(root);

    /// <summary>
    /// Looks at those of an installation that are there. One that is not what the signed lists say is deleted, and apt downloads it anew to the same place.
    /// </summary>
    public async Task CheckAsync(IReadOnlyList<AptRecord> records, Deadline deadline)
    {
        foreach (var (file, record) in Find(records).ToList())
        {
            if (record.Sha256 is not { } expected || expected == await HashAsync(file, deadline))
                continue;
            progress.Say($"{Path.GetFileName(file)} is not what the archive has, and is downloaded anew");
            File.Delete(file);
        }
    }

    /// <summary>Whether apt needs not download it any more.</summary>
    public static bool Have(HostRoot root, AptRecord record) =>
        new FileInfo(Place(root, record)) is { Exists: true } file && file.Length == record.Bytes;

    /// <summary>Has these downloaded, and remembers what has come with that; what was for others, and is there still, goes.</summary>
    public Task StageAsync(IReadOnlyList<AptRecord> records, Func<Task> download) => staged.StageAsync(
        Folder, download, () => Task.FromResult<IReadOnlyList<string>>([.. Find(records).Select(entry => $"{Folder}/{Path.GetFileName(entry.File)}")]));

    /// <summary>After an installation: apt keeps what was there before it began.</summary>
    public void DropStaged() => staged.Drop();

    private IEnumerable<(string File, AptRecord Record)> Find(IReadOnlyList<AptRecord> records) =>
        records.Select(record => (File: Place(root, record), Record: record)).Where(entry => File.Exists(entry.File));

    private static string Place(HostRoot root, AptRecord record) => root.Locate($"{Folder}/{record.FileName}");

    private static async Task<string> HashAsync(string file, Deadline deadline)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, deadline.Token));
    }
}
