using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>What dpkg keeps of each installed package: its files, maintainer scripts and triggers.</summary>
internal sealed class DpkgInfo(HostRoot root)
{
    private const string Folder = "/var/lib/dpkg/info";

    private static readonly string[] Scripts = ["preinst", "postinst", "prerm", "postrm"];

    private readonly ILookup<(string Name, string Kind), string> files = List(root).ToLookup(Key);
    private IReadOnlyList<(string Trigger, string Package)>? interests;

    /// <summary>Paths that the package has put on the host.</summary>
    public IEnumerable<string> Files(string package) => Lines(package, "list");

    /// <summary>Whether an upgrade of the package runs one of these tools: by its own scripts, or by those of a package that it triggers.</summary>
    public bool Runs(string package, IReadOnlyList<string> tools) =>
        Mentions(package, tools) || Triggered(package).Distinct().Any(other => Mentions(other, tools));

    private static IEnumerable<string> List(HostRoot root) => root.DirectoryExists(Folder) ? Directory.EnumerateFiles(root.Locate(Folder)) : [];

    /// <summary>A package that may be there for several architectures has its own beside its name, as in <c>libc6:amd64.list</c>.</summary>
    private static (string Name, string Kind) Key(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return (name.Split(':')[0], Path.GetExtension(file).TrimStart('.'));
    }

    private bool Mentions(string package, IReadOnlyList<string> tools) =>
        Scripts.SelectMany(script => Lines(package, script)).Where(line => !line.TrimStart().StartsWith('#'))
            .Any(line => tools.Any(tool => line.Contains(tool, StringComparison.Ordinal)));

    private IEnumerable<string> Triggered(string package)
    {
        interests ??= [.. files.Select(group => group.Key).Where(key => key.Kind == "triggers")
            .SelectMany(key => Triggers(key.Name, "interest").Select(trigger => (trigger, key.Name)))];
        var activated = Triggers(package, "activate").ToHashSet();
        var paths = Files(package).ToList();
        return interests.Where(interest => activated.Contains(interest.Trigger) || paths.Any(path => IsBelow(path, interest.Trigger)))
            .Select(interest => interest.Package);
    }

    private static bool IsBelow(string path, string trigger) =>
        trigger.StartsWith('/') && path.StartsWith(trigger, StringComparison.Ordinal) && (path.Length == trigger.Length || path[trigger.Length] == '/');

    private IEnumerable<string> Triggers(string package, string kind) =>
        Lines(package, "triggers").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length == 2 && (words[0] == kind || words[0].StartsWith(kind + "-", StringComparison.Ordinal))).Select(words => words[1]);

    private IEnumerable<string> Lines(string package, string kind) => files[(package.Split(':')[0], kind)].SelectMany(File.ReadLines);
}
