using System.Text.RegularExpressions;

namespace PatchOperator.Docs.Tests.Markdown;

/// <summary>
/// What a page shows of an output, against an output: word by word, where numbers, times and ages may be others, a line <c>...</c> stands
/// for any lines, and <c>…</c> for any rest of a word.
/// </summary>
public static partial class OutputShape
{
    /// <summary>The first line shown that the output does not have there; null when all is as shown.</summary>
    public static string? Difference(string shown, string output)
    {
        var pattern = string.Concat(Lines(shown).Select(line => line.Trim() == "..." ? "(.*\n)*?" : $"{LinePattern(line)}\n"));
        var actual = string.Concat(Lines(output).Select(line => $"{line.Trim()}\n"));
        return Regex.IsMatch(actual, $@"\A{pattern}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)) ? null : $"shown:\n{shown}\n\ncame:\n{output}";
    }

    private static string LinePattern(string line) => string.Join("[ \t]+", line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WordPattern));

    private static string WordPattern(string word) => Age().IsMatch(word)
        ? @"(\d+[smhd])+"
        : Number().Replace(Regex.Escape(word).Replace("…", @"\S*", StringComparison.Ordinal), @"\d+");

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);

    [GeneratedRegex(@"^(\d+[smhd])+$")]
    private static partial Regex Age();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
