using System.Text.RegularExpressions;

namespace PatchOperator.Rules.Tests;

/// <summary>The one rule of formatting that the compiler does not check.</summary>
public partial class UsingOrderTests
{
    [Theory]
    [InlineData("operator")]
    [InlineData("sdk")]
    [InlineData("tests")]
    public void Namespaces_are_in_the_order_of_the_alphabet_those_of_System_first(string folder)
    {
        var others = SourceFile.In(folder).Select(file => (file.Path, Used: Using().Matches(file.Text).Select(match => match.Groups["name"].Value).ToList()))
            .Where(file => !file.Used.SequenceEqual(InOrder(file.Used)))
            .Select(file => $"{file.Path}: {string.Join(", ", InOrder(file.Used))}");

        Findings.None("uses namespaces in this order:", others);
    }

    private static IEnumerable<string> InOrder(IEnumerable<string> used) =>
        used.OrderBy(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^using (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
