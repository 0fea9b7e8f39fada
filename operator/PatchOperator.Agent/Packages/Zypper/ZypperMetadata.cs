using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using ZstdSharp;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>
/// What zypper has fetched of repositories. Read rather than asked for: zypper names the packages of a patch only in words, and one patch at a time.
/// </summary>
internal sealed class ZypperMetadata(HostCommands commands)
{
    private const string Index = "repomd.xml";

    /// <summary>What of the host unpacks a file that the agent cannot.</summary>
    private static readonly Dictionary<string, string> Unpackers = new() { [".xz"] = "xz", [".bz2"] = "bzip2" };

    /// <summary>The files of a repository, as the host names them; empty where it was never fetched.</summary>
    public IReadOnlyList<string> Files(ZypperRepository repository)
    {
        if (!commands.Root.DirectoryExists(repository.Metadata))
            return [];
        var folder = commands.Root.Locate(repository.Metadata);
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => repository.Metadata + file[folder.Length..])];
    }

    /// <summary>The notices of a repository about packages that are wanted.</summary>
    /// <exception cref="StepFailureException">RepositoryUnavailable: what was fetched cannot be read.</exception>
    public async Task<IReadOnlyList<ZypperNotice>> NoticesAsync(ZypperRepository repository, string native, Func<string, bool> wanted, Deadline deadline)
    {
        try
        {
            if (Updateinfo(repository) is not { } file)
                return [];
            using var text = await OpenAsync(file, deadline);
            return ZypperNotice.Read(text, native, wanted);
        }
        catch (Exception error) when (error is XmlException or InvalidDataException or ZstdException or IOException or HostCommandException)
        {
            throw StepFailureException.Precondition(
                AgentReasons.RepositoryUnavailable,
                $"the notices of repository {repository.Alias} cannot be read ({error.Message}): let `zypper refresh --force {repository.Alias}` fetch them "
                    + "again");
        }
    }

    private string? Updateinfo(ZypperRepository repository)
    {
        var files = Files(repository);
        if (files.FirstOrDefault(file => Path.GetFileName(file) == Index) is not { } index)
            return null;
        var location = XElement.Parse(File.ReadAllText(commands.Root.Locate(index))).Elements().Where(data => ZypperSummary.Value(data, "type") == "updateinfo")
            .Elements().FirstOrDefault(element => element.Name.LocalName == "location");
        var name = Path.GetFileName(location is null ? null : ZypperSummary.Value(location, "href"));
        return files.FirstOrDefault(file => Path.GetFileName(file) == name);
    }

    private async Task<TextReader> OpenAsync(string file, Deadline deadline)
    {
        if (Unpackers.TryGetValue(Path.GetExtension(file), out var program))
            return new StringReader(await commands.ReadAsync(new HostCommand(program, "-dc", file), deadline.Token));
        return new StreamReader(Unpack(Path.GetExtension(file), File.OpenRead(commands.Root.Locate(file))));
    }

    private static Stream Unpack(string extension, Stream stream) => extension switch
    {
        ".gz" => new GZipStream(stream, CompressionMode.Decompress),
        ".zst" => new DecompressionStream(stream, leaveOpen: false),
        _ => stream,
    };
}
