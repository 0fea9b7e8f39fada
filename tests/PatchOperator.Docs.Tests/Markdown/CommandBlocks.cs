namespace PatchOperator.Docs.Tests.Markdown;

/// <summary>The commands of a page in order, each block with the output that the page shows for it.</summary>
public static class CommandBlocks
{
    /// <param name="page">The page.</param>
    /// <param name="under">Which headings count; all unless given.</param>
    public static IReadOnlyList<(CodeBlock Commands, CodeBlock? Output)> Of(MarkdownPage page, Predicate<string>? under = null) =>
    [
        .. page.Blocks
            .Select((block, index) => (block, Next: page.Blocks.ElementAtOrDefault(index + 1)))
            .Where(pair => pair.block.IsCommands && under?.Invoke(pair.block.Heading) != false)
            .Select(pair => (pair.block, pair.Next is { IsOutput: true } output ? output : null)),
    ];

    /// <summary>The commands of a block one by one: a line each, with those that go on after a backslash or as a here-document in one.</summary>
    public static IEnumerable<string> Split(CodeBlock block)
    {
        var command = new List<string>();
        string? end = null;
        foreach (var line in block.Text.Split('\n'))
        {
            command.Add(line);
            if (end is null && line.IndexOf("<<'", StringComparison.Ordinal) is >= 0 and var start)
                end = line[(start + 3)..].Split('\'')[0];
            else if (line == end)
                end = null;
            if (end is null && !line.EndsWith('\\'))
            {
                yield return string.Join('\n', command);
                command.Clear();
            }
        }
    }

    /// <summary>What a command is given by a here-document; null when it has none.</summary>
    public static string? Input(string command) => command.Contains("<<'", StringComparison.Ordinal) ? string.Join('\n', command.Split('\n')[1..^1]) : null;
}
