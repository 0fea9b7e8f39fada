namespace PatchOperator.Docs.Tests;

/// <summary>docs/reasons.md, which the integration tests compare with the constants.</summary>
public class ReasonPageTests
{
    [Fact]
    public void Each_reason_says_what_it_means_and_what_to_do()
    {
        var rows = File.ReadLines(Repository.PathOf("docs/reasons.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.True(row.Trim('|').Split('|') is [_, var means, var toDo] && means.Trim().Length > 0 && toDo.Trim().Length > 0, row));
    }
}
