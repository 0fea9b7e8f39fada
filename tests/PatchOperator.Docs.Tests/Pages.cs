using PatchOperator.Docs.Tests.Markdown;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Docs.Tests;

/// <summary>The pages of this repository: every file *.md that git knows, or would.</summary>
internal static class Pages
{
    public static IReadOnlyList<MarkdownPage> All { get; } = Read();

    public static MarkdownPage Of(string path) => All.Single(page => page.Path == path);

    /// <summary>The page of a kind, such as <c>docs/patchpolicies.md</c>.</summary>
    public static MarkdownPage Of(Crd kind) => Of($"docs/{kind.Plural}.md");

    private static List<MarkdownPage> Read()
    {
        var files = Command
            .RunAsync("git", ["-C", Repository.Root, "ls-files", "--cached", "--others", "--exclude-standard", "*.md"])
            .GetAwaiter()
            .GetResult()
            .Succeeded();
        return [.. files.Split('\n').Order(StringComparer.Ordinal).Select(path => MarkdownPage.Parse(Repository.Root, path))];
    }
}
