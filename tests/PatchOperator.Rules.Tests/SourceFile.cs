using System.Text.RegularExpressions;

namespace PatchOperator.Rules.Tests;

/// <summary>A file of C# in this repository, read as text.</summary>
/// <param name="Path">From the repository's root.</param>
/// <param name="Text">All of it.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>The types that stand in it by themselves, by their names.</summary>
    public IReadOnlyList<string> Types { get; } = [.. Declaration().Matches(Text).Select(match => match.Groups["name"].Value)];

    /// <summary>What it says but for comments, and for what stands in strings.</summary>
    public string Code => CommentOrString().Replace(Text, "");

    /// <summary>The files of a folder and all folders in it, but for what builds leave there.</summary>
    public static IReadOnlyList<SourceFile> In(string folder) =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Repository.PathOf(path)))),
    ];

    // At the beginning of a line, as what stands in a type is indented.
    [GeneratedRegex(
        @"^(?:[a-z]+ )*(?:(?:class|struct|interface|enum|record(?: struct| class)?) |delegate (?:[^(\s]|, )+ )(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("""//.*|"(?:\\.|[^"\\\n])*" """)]
    private static partial Regex CommentOrString();
}
