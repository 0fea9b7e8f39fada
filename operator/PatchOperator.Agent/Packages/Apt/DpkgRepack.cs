using System.Security.Cryptography;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>
/// Makes a package of what is on the host again, as dpkg-repack(1) does: an archive that still has the old version is the exception. What somebody has changed
/// of a package comes back as it is.
/// </summary>
/// <remarks>
/// A configuration file that was changed stays out. In the package it would pass for its maker's own, and the next update would replace it; so it stays on the
/// host where it is.
/// </remarks>
/// <param name="commands">Of the host.</param>
/// <param name="native">Its architecture.</param>
internal sealed class DpkgRepack(HostCommands commands, string native)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Fields that dpkg adds for a package that is on a host.</summary>
    private static readonly string[] OfTheHost = ["Status", "Conffiles", "Config-Version", "Triggers-Pending", "Triggers-Awaited"];

    /// <param name="Path">A configuration file of a package.</param>
    /// <param name="Packed">Whether it is as its maker has made it.</param>
    private sealed record Conffile(string Path, bool Packed);

    /// <param name="package">One that is whole.</param>
    /// <param name="folder">A folder of the host.</param>
    /// <param name="name">What the file is called there; it is there when it is whole.</param>
    /// <param name="deadline">The step's.</param>
    public async Task PackAsync(InstalledPackage package, string folder, string name, Deadline deadline)
    {
        var work = $"{folder}/work";
        try
        {
            await PackAsync(await QualifiedNameAsync(package, deadline), work, deadline);
            File.Move(commands.Root.Locate($"{work}/package.deb"), commands.Root.Locate($"{folder}/{name}"), overwrite: true);
        }
        finally
        {
            Remove(work);
        }
    }

    private async Task PackAsync(string package, string work, Deadline deadline)
    {
        Remove(work);
        Directory.CreateDirectory(commands.Root.Locate($"{work}/tree"), Readable);
        var tree = commands.Root.Locate($"{work}/tree");
        var conffiles = Conffiles(await ReadAsync(deadline, "dpkg-query", "--show", "--showformat=${Conffiles}", package));
        var left = conffiles.Where(file => !file.Packed).Select(file => file.Path).ToHashSet();
        await LayOutAsync([.. (await FilesAsync(package, deadline)).Where(file => !left.Contains(file.Path))], work, tree, deadline);
        await WriteControlAsync(package, conffiles, tree, deadline);
        await ReadAsync(deadline, "dpkg-deb", "-Zgzip", "-z1", "--nocheck", "--build", $"{work}/tree", $"{work}/package.deb");
    }

    private void Remove(string folder)
    {
        if (commands.Root.DirectoryExists(folder))
            Directory.Delete(commands.Root.Locate(folder), recursive: true);
    }

    /// <summary>As dpkg takes it where the package is there for several architectures; it lists all of a name.</summary>
    private async Task<string> QualifiedNameAsync(InstalledPackage package, Deadline deadline)
    {
        var all = await ReadAsync(deadline, "dpkg-query", "--show", @"--showformat=${binary:Package}\t${Architecture}\t${Version}\n", package.Name);
        return all.Split('\n').Select(line => line.Split('\t')).Where(words => words.Length == 3 && words[2] == package.Version)
            .OrderByDescending(words => words[1] == native || words[1] == "all").Select(words => words[0]).FirstOrDefault() ?? package.Name;
    }

    /// <summary>Lines of path and MD5 hash, and a word more where a version has left the file behind.</summary>
    private IReadOnlyList<Conffile> Conffiles(string lines) =>
    [
        .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' '))
            .Select(words => new Conffile(words[0], words.Length == 2 && commands.Root.FileExists(words[0]) && Hash(words[0]) == words[1])),
    ];

#pragma warning disable CA5351 // dpkg's own hash, to tell a change and not an attack.
    private string Hash(string path) => Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(commands.Root.Locate(path))));
#pragma warning restore CA5351

    /// <summary>The paths of a package, each with the place where it is, which is another where it was diverted.</summary>
    private async Task<IReadOnlyList<(string Path, string Place)>> FilesAsync(string package, Deadline deadline)
    {
        var files = new List<(string Path, string Place)>();
        foreach (var line in (await ReadAsync(deadline, "dpkg-query", "--listfiles", package)).Split('\n'))
        {
            if (line.StartsWith('/') && line != "/.")
                files.Add((line, line));
            else if (files.Count > 0 && line.Contains("diverted", StringComparison.Ordinal) && !line.StartsWith("package diverts", StringComparison.Ordinal))
                files[^1] = (files[^1].Path, line[(line.IndexOf(" to: ", StringComparison.Ordinal) + 5)..]);
        }

        return files;
    }

    private async Task LayOutAsync(IReadOnlyList<(string Path, string Place)> files, string work, string tree, Deadline deadline)
    {
        // A folder of the package may be a link on the host, as /lib is: what is in it tells.
        var folders = files.Select(file => Path.GetDirectoryName(file.Path)!).ToHashSet();
        var rest = new List<(string Path, string Place)>();
        foreach (var file in files)
        {
            var here = new FileInfo(Here(file.Place));
            if (here.LinkTarget is null ? Directory.Exists(here.FullName) : folders.Contains(file.Path) && commands.Root.DirectoryExists(file.Place))
                Directory.CreateDirectory(tree + file.Path, File.GetUnixFileMode(commands.Root.Locate(file.Place)));
            else if (here.LinkTarget is not null || here.Exists)
                rest.Add(file);
        }

        // Owners, modes, links between files: as they are.
        await File.WriteAllTextAsync(commands.Root.Locate($"{work}/files"), string.Concat(rest.Select(file => file.Place[1..] + "\0")), deadline.Token);
        var archive = $"--file={work}/files.tar";
        string[] listed = ["--no-recursion", "--null", "--verbatim-files-from", $"--files-from={work}/files"];
        await ReadAsync(deadline, "tar", ["--create", archive, "--directory=/", .. listed]);
        await ReadAsync(deadline, "tar", "--extract", archive, $"--directory={work}/tree", "--preserve-permissions", "--same-owner");
        File.Delete(commands.Root.Locate($"{work}/files.tar"));
        foreach (var (path, place) in rest.Where(file => file.Path != file.Place))
            File.Move(tree + place, tree + path);
    }

    private async Task WriteControlAsync(string package, IReadOnlyList<Conffile> conffiles, string tree, Deadline deadline)
    {
        var control = $"{tree}/DEBIAN";
        Directory.CreateDirectory(control, Readable);
        foreach (var path in (await ReadAsync(deadline, "dpkg-query", "--control-path", package)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            File.Copy(commands.Root.Locate(path), $"{control}/{Path.GetExtension(path)[1..]}");
        var packed = conffiles.Where(file => file.Packed && File.Exists(tree + file.Path)).Select(file => file.Path).ToList();
        if (packed.Count > 0)
            await File.WriteAllLinesAsync($"{control}/conffiles", packed, deadline.Token);
        await File.WriteAllTextAsync($"{control}/control", Control(await ReadAsync(deadline, "dpkg-query", "--status", package)), deadline.Token);
    }

    /// <summary>A field goes with the lines that go on with it.</summary>
    private static string Control(string status)
    {
        var lines = new List<string>();
        var skips = false;
        foreach (var line in status.TrimEnd().Split('\n'))
        {
            skips = line.StartsWith(' ') ? skips : OfTheHost.Contains(line.Split(':')[0]);
            if (!skips)
                lines.Add(line + "\n");
        }

        return string.Concat(lines);
    }

    /// <summary>Where a path is for the agent, itself and not what it may point to.</summary>
    private string Here(string hostPath) => Path.Combine(commands.Root.Locate(Path.GetDirectoryName(hostPath)!), Path.GetFileName(hostPath));

    private Task<string> ReadAsync(Deadline deadline, string program, params string[] arguments) =>
        commands.ReadAsync(new HostCommand(program, arguments), deadline.Token);
}
