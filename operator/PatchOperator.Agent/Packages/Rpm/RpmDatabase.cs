using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>What rpm itself knows of a host, whichever program is in front of it.</summary>
/// <param name="commands">Of the host.</param>
/// <param name="alsoSideBySide">
/// What else may be there in several versions, by the configuration of the program in front: names of packages, or what they provide.
/// </param>
internal sealed class RpmDatabase(HostCommands commands, Func<Deadline, Task<IReadOnlyList<string>>>? alsoSideBySide = null)
{
    /// <summary>Keys that were imported are kept as packages.</summary>
    private const string Key = "gpg-pubkey";

    private const int FilesAtOnce = 500;

    private const string Fields = @"%{NAME}\t%{EPOCHNUM}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{LONGSIZE}\n";

    /// <summary>Of these, several versions may be installed side by side wherever nobody says otherwise: kernels, and what is built for one.</summary>
    private static readonly string[] SideBySide =
        ["installonlypkg(kernel)", "installonlypkg(kernel-module)", "installonlypkg(vm)", "multiversion(kernel)", "kernel"];

    private string? architecture;

    /// <summary>The host's own architecture, such as <c>x86_64</c>.</summary>
    public async Task<string> ArchitectureAsync(Deadline deadline) =>
        architecture ??= (await commands.ReadAsync(new HostCommand("rpm", "--eval", "%{_target_cpu}"), deadline.Token)).Trim();

    /// <summary>
    /// In the order of names, then of versions. Of what may not be there twice, all but the newest is left of a transaction that was interrupted.
    /// </summary>
    /// <param name="held">The names that an administrator has put on hold.</param>
    /// <param name="automatic">The names that came as dependencies.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<IReadOnlyList<InstalledPackage>> InstalledAsync(IReadOnlySet<string> held, IReadOnlySet<string> automatic, Deadline deadline)
    {
        var native = await ArchitectureAsync(deadline);
        var all = Parse(await commands.ReadAsync(new HostCommand("rpm", "-qa", "--queryformat", Fields), deadline.Token), native).ToList();
        var sideBySide = all.Count == all.DistinctBy(package => package.Name).Count() ? [] : await SideBySideAsync(native, deadline);
        return
        [
            .. all.GroupBy(package => package.Name)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .SelectMany(group => Judge([.. group.OrderBy(package => package.Version, RpmVersions.Order)], sideBySide.Contains(group.Key)))
                .Select(package => package with { Held = held.Contains(package.Name), Automatic = automatic.Contains(package.Name) }),
        ];
    }

    /// <summary>Which packages lie in a folder and below it, and where on the host. A file that is none, or was cut, is passed over.</summary>
    /// <param name="folder">Of the host.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<IReadOnlyDictionary<(string Name, string Version), string>> FilesInAsync(string folder, Deadline deadline)
    {
        var (native, here) = (await ArchitectureAsync(deadline), commands.Root.Locate(folder));
        var found = new Dictionary<(string Name, string Version), string>();
        if (!Directory.Exists(here))
            return found;
        foreach (var files in Directory.EnumerateFiles(here, "*.rpm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Chunk(FilesAtOnce))
        {
            List<string> names = [.. files.Select(file => $"{folder}/{Path.GetRelativePath(here, file)}")];
            var all = await commands.RunAsync(Files(names), deadline.Token);
            // Lines do not name their files: they fit as long as each file has one.
            foreach (var (file, output) in all.Succeeded ? names.Zip(all.Output.Split('\n')) : await OneByOneAsync(names, deadline))
            {
                if (Parse(output, native).FirstOrDefault() is { } package)
                    found.TryAdd((package.Name, package.Version), file);
            }
        }

        return found;
    }

    /// <summary>The files of these that lie in a folder and below it.</summary>
    /// <param name="packages">Those that are not there are passed over.</param>
    /// <param name="folder">Of the host.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<IReadOnlyList<string>> FilesOfAsync(IEnumerable<(string Name, string Version)> packages, string folder, Deadline deadline)
    {
        var files = await FilesInAsync(folder, deadline);
        return [.. packages.Select(package => files.GetValueOrDefault(package)).OfType<string>()];
    }

    /// <summary>The name as it is shown and asked for: that of a foreign architecture has it behind, as in <c>glibc.i686</c>.</summary>
    public static string QualifiedName(string name, string architecture, string native) =>
        architecture == native || architecture is "noarch" or "(none)" ? name : $"{name}.{architecture}";

    /// <summary>Epoch, version and release as one: an epoch of 0 is none.</summary>
    public static string Evr(string epoch, string version, string release) =>
        epoch is "0" or "" or "(none)" ? $"{version}-{release}" : $"{epoch}:{version}-{release}";

    private static HostCommand Files(IEnumerable<string> files) => new("rpm", ["-qp", "--nosignature", "--queryformat", Fields, "--", .. files]);

    private async Task<List<(string File, string Output)>> OneByOneAsync(List<string> files, Deadline deadline)
    {
        var outputs = new List<(string File, string Output)>();
        foreach (var file in files)
            outputs.Add((file, (await commands.RunAsync(Files([file]), deadline.Token)).Output));
        return outputs;
    }

    private async Task<HashSet<string>> SideBySideAsync(string native, Deadline deadline)
    {
        IReadOnlyList<string> more = alsoSideBySide is null ? [] : await alsoSideBySide(deadline);
        // It ends with 1 where nothing provides one of them, and says so among the lines.
        var result = await commands.RunAsync(
            new HostCommand("rpm", ["-q", "--queryformat", Fields, "--whatprovides", .. SideBySide, .. more]), deadline.Token);
        return [.. Parse(result.Output, native).Select(package => package.Name)];
    }

    private static List<InstalledPackage> Judge(List<InstalledPackage> versions, bool sideBySide) =>
        sideBySide ? versions : [.. versions.SkipLast(1).Select(package => package with { State = "left over" }), versions[^1]];

    /// <summary>Reads lines of the fields above.</summary>
    internal static IEnumerable<InstalledPackage> Parse(string output, string native) => output.Split('\n')
        .Select(line => line.Split('\t'))
        .Where(fields => fields.Length == 6 && fields[0] != Key)
        .Select(fields => new InstalledPackage(
            QualifiedName(fields[0], fields[4], native),
            Evr(fields[1], fields[2], fields[3]),
            InstalledPackage.Whole,
            Held: false,
            Automatic: false,
            long.TryParse(fields[5], CultureInfo.InvariantCulture, out var bytes) ? bytes / 1024 : 0));
}
