using System.IO.Enumeration;

namespace PatchOperator.Engine;

/// <summary>Globs of package names: <c>*</c> is any run of characters, <c>?</c> any one; the whole name must match.</summary>
public static class Globs
{
    public static bool Matches(IEnumerable<string> globs, string name) =>
        globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false));

    /// <summary>What is wrong with a glob, or null. Package names have no white space, slashes, brackets or backslashes.</summary>
    public static string? Validate(string glob) =>
        glob.Length == 0 ? "must not be empty"
        : glob.FirstOrDefault(character => !IsAllowed(character)) is var bad and not '\0'
            ? $"'{glob}' has the character '{bad}': a glob is made of package-name characters, * and ?"
            : null;

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || "+-._:~*?".Contains(character, StringComparison.Ordinal);
}
