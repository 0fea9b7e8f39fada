using System.Text.RegularExpressions;

namespace PatchOperator.Docs.Tests.Markdown;

/// <summary>A page as its readers and GitHub see it: blocks of code, headings, links, words in code.</summary>
public sealed partial class MarkdownPage
{
    private readonly List<CodeBlock> blocks = [];
    private readonly List<string> anchors = [];
    private readonly List<string> prose = [];

    private MarkdownPage(string path, IEnumerable<string> lines)
    {
        Path = path;
        Read(lines);
    }

    /// <summary>From the repository's root.</summary>
    public string Path { get; }

    public IReadOnlyList<CodeBlock> Blocks => blocks;

    /// <summary>What a link within the page may name after its <c>#</c>.</summary>
    public IReadOnlyList<string> Anchors => anchors;

    public IEnumerable<string> Links => prose.SelectMany(line => Link().Matches(CodeSpan().Replace(line, "")).Select(match => match.Groups["target"].Value));

    /// <summary>The words in backticks.</summary>
    public IEnumerable<string> CodeSpans => prose.SelectMany(line => CodeSpan().Matches(line).Select(match => match.Groups["code"].Value));

    public static MarkdownPage Parse(string root, string path) => new(path, File.ReadLines(System.IO.Path.Combine(root, path)));

    public override string ToString() => Path;

    private void Read(IEnumerable<string> lines)
    {
        var (number, heading) = (0, "");
        (Match Fence, int Line, List<string> Text)? open = null;
        foreach (var line in lines)
        {
            number++;
            var fence = Fence().Match(line);
            if (open is { } block)
            {
                if (fence.Success && fence.Groups["language"].Length == 0)
                {
                    blocks.Add(new CodeBlock(Path, block.Line, heading, block.Fence.Groups["language"].Value, string.Join('\n', block.Text)));
                    open = null;
                }
                else
                {
                    var indentation = block.Fence.Groups["indentation"].Length;
                    block.Text.Add(line.Length >= indentation ? line[indentation..] : line.TrimStart());
                }
            }
            else if (fence.Success)
            {
                open = (fence, number + 1, []);
            }
            else if (Heading().Match(line) is { Success: true } title)
            {
                heading = title.Groups["text"].Value;
                AddAnchor(heading);
            }
            else if (!IsIndentedCode(line))
            {
                prose.Add(line);
            }
        }
    }

    private static bool IsIndentedCode(string line) => line.StartsWith("    ", StringComparison.Ordinal);

    // As GitHub does: lower case, without punctuation, and with a number from the second of a name on.
    private void AddAnchor(string heading)
    {
        var name = NotInAnchors().Replace(LinkText().Replace(heading, "${text}").ToLowerInvariant(), "").Replace(' ', '-');
        var same = anchors.Count(anchor => anchor == name);
        anchors.Add(same == 0 ? name : $"{name}-{same}");
    }

    [GeneratedRegex("^(?<indentation> *)```(?<language>[a-z]*)$")]
    private static partial Regex Fence();

    [GeneratedRegex("^#{1,6} (?<text>.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
