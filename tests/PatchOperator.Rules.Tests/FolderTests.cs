namespace PatchOperator.Rules.Tests;

/// <summary>A folder can be read, and thrown away, without those that it does not know.</summary>
public class FolderTests
{
    /// <summary>What is still to be mended. A circle that is gone, or is another one, is an error too.</summary>
    private static readonly Dictionary<string, string[]> Known = [];

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Repository.PathOf("operator")).Select(folder => Path.GetFileName(folder))];

    [Theory, MemberData(nameof(Projects))]
    public void No_two_folders_of_a_project_use_each_other(string project)
    {
        var circles = new FolderUse($"operator/{project}").Circles();
        var known = Known.GetValueOrDefault(project, []);

        Findings.None("use each other:", circles.Where(circle => !known.Contains(circle.Split(':')[0])));
        Findings.None("do so no more, or with others, and must not stand in the list:", known.Except(circles.Select(circle => circle.Split(':')[0])));
    }
}
