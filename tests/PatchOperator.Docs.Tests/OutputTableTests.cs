using System.Text.RegularExpressions;

namespace PatchOperator.Docs.Tests;

/// <summary>Tables as kubectl prints them.</summary>
public partial class OutputTableTests
{
    public static TheoryData<string> All => [.. Pages.All.Where(page => page.Blocks.Any(block => block.IsOutput)).Select(page => page.Path)];

    [Theory, MemberData(nameof(All))]
    public void What_a_column_has_stands_below_its_heading(string path)
    {
        foreach (var block in Pages.Of(path).Blocks.Where(block => block.IsOutput))
        {
            int[] columns = [];
            foreach (var line in block.Text.Split('\n'))
            {
                if (Heading().IsMatch(line))
                    columns = Starts(line);
                else if (line.Length == 0)
                    columns = [];
                else if (columns.Length > 0)
                    Assert.True(Starts(line).All(columns.Contains), $"{block}: {line}");
            }
        }
    }

    private static int[] Starts(string line) => [.. Cell().Matches(line).Select(cell => cell.Index)];

    [GeneratedRegex("^NAME {2,}[A-Z]+")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\S+( \S+)*")]
    private static partial Regex Cell();
}
