using System.Text.RegularExpressions;

namespace PatchOperator.Rules.Tests;

/// <summary>
/// Which folders of a project use which. Folders that stand side by side are compared, each with all that is in it; what a folder has in common with those that
/// it is in, or that are in it, does not count.
/// </summary>
internal sealed partial class FolderUse
{
    private readonly Dictionary<string, Dictionary<string, string>> uses = [];

    /// <param name="project">A folder, from the repository's root.</param>
    public FolderUse(string project)
    {
        var files = SourceFile.In(project).Select(file => new Member(file, Path.GetRelativePath(project, file.Path))).ToList();
        foreach (var user in files)
            foreach (var used in files.Where(user.Uses))
                Add(user, used);
    }

    /// <summary>Folders that use each other, be it by others, a line a circle, with files that close it.</summary>
    public IReadOnlyList<string> Circles() =>
    [
        .. uses.Keys
            .Select(folder => Reached(folder).Where(other => Reached(other).Contains(folder)).Order(StringComparer.Ordinal).ToList())
            .Where(circle => circle.Count > 1)
            .Select(
                circle => $"{string.Join(", ", circle)}: "
                    + $"{string.Join("; ", circle.SelectMany(folder => uses[folder].Where(use => circle.Contains(use.Key)).Select(use => use.Value)))}")
            .Distinct(),
    ];

    private void Add(Member user, Member used)
    {
        var common = user.Folders.Zip(used.Folders).TakeWhile(pair => pair.First == pair.Second).Count();
        if (common == user.Folders.Length || common == used.Folders.Length)
            return;
        var known = Of(string.Join('/', user.Folders.Take(common + 1)));
        var folder = string.Join('/', used.Folders.Take(common + 1));
        Of(folder);
        known.TryAdd(folder, $"{user.Path} uses {used.Path}");
    }

    private Dictionary<string, string> Of(string folder) => uses.TryGetValue(folder, out var known) ? known : uses[folder] = [];

    private HashSet<string> Reached(string from)
    {
        HashSet<string> reached = [];
        var next = new Stack<string>([from]);
        while (next.TryPop(out var folder))
        {
            foreach (var other in uses[folder].Keys.Where(reached.Add))
                next.Push(other);
        }

        return reached;
    }

    /// <summary>A file of the project.</summary>
    private sealed partial class Member(SourceFile file, string path)
    {
        private readonly string space = Space().Match(file.Text).Groups[1].Value;
        private readonly HashSet<string> usings = [.. Using().Matches(file.Text).Select(match => match.Groups[1].Value)];
        private readonly HashSet<string> mentioned = [.. Mention().Matches(file.Code).Select(match => match.Value)];

        public string Path => path;

        public string[] Folders { get; } = path.Split('/')[..^1];

        /// <summary>
        /// Whether it names a type of another file that it sees, or says that it uses its namespace: the compiler allows nobody to say so in vain.
        /// </summary>
        public bool Uses(Member other) =>
            usings.Contains(other.space)
                || other.Types.Any(type => mentioned.Contains($"{other.space.Split('.')[^1]}.{type}") || (Sees(other) && mentioned.Contains(type)));

        private IReadOnlyList<string> Types => file.Types;

        private bool Sees(Member other) => space == other.space || space.StartsWith($"{other.space}.", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Space();

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    // By itself or behind one name; not as the name of a property, whose type stands before it.
    [GeneratedRegex(@"(?<![\w.])(?:[A-Z]\w*\.)?[A-Z]\w*\b(?!\s*(?:\{ get|=>|= ))")]
    private static partial Regex Mention();
}
