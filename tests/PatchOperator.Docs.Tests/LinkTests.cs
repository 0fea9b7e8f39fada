using PatchOperator.Docs.Tests.Markdown;

namespace PatchOperator.Docs.Tests;

/// <summary>Where a page points to there is something.</summary>
public class LinkTests
{
    public static TheoryData<string> All => [.. Pages.All.Select(page => page.Path)];

    [Theory, MemberData(nameof(All))]
    public void Every_link_within_the_repository_leads_somewhere(string path)
    {
        var page = Pages.Of(path);

        Assert.All(page.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)), link => Assert.True(Leads(page, link), link));
    }

    [Fact]
    public void The_README_links_to_each_page_of_docs()
    {
        var linked = Pages.Of("README.md").Links.Select(link => link.Split('#')[0]).ToHashSet();

        Assert.All(
            Pages.All.Select(page => page.Path).Where(path => path.StartsWith("docs/", StringComparison.Ordinal)), path => Assert.Contains(path, linked));
    }

    private static bool Leads(MarkdownPage from, string link)
    {
        var (target, anchor) = link.Split('#', 2) is [var file, var name] ? (file, name) : (link, null);
        var path = target.Length == 0
            ? from.Path
            : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.PathOf(Path.GetDirectoryName(from.Path)!), target)));
        if (anchor is not null)
            return Pages.All.SingleOrDefault(page => page.Path == path)?.Anchors.Contains(anchor) == true;
        return Path.Exists(Repository.PathOf(path));
    }
}
