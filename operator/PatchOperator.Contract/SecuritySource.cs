using System.IO.Enumeration;

namespace PatchOperator.Contract;

/// <summary>
/// A pattern that names package archives which carry security fixes: <c>field=glob</c>, several joined by commas, all of which must match. The fields are those
/// of the archive's Release file, <c>origin</c>, <c>label</c>, <c>suite</c>, <c>codename</c>, and <c>site</c>, the host of its address. In a glob <c>*</c> is
/// any run of characters and <c>?</c> any one, so also a comma in a name.
/// </summary>
/// <param name="Fields">The globs by field.</param>
public sealed record SecuritySource(IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The fields that a pattern may name.</summary>
    public static IReadOnlyList<string> KnownFields { get; } = ["origin", "label", "suite", "codename", "site"];

    /// <summary>Reads a pattern; null when it is none.</summary>
    public static SecuritySource? Parse(string? pattern)
    {
        var pairs = (pattern ?? "").Split(',').Select(pair => pair.Split('=', 2)).ToList();
        return pairs.All(pair => pair is [var field, { Length: > 0 }] && KnownFields.Contains(field))
            && pairs.DistinctBy(pair => pair[0]).Count() == pairs.Count
            ? new SecuritySource(pairs.ToDictionary(pair => pair[0], pair => pair[1]))
            : null;
    }

    /// <param name="value">The archive's value of a field; empty where it has none.</param>
    public bool Matches(Func<string, string> value) =>
        Fields.All(field => FileSystemName.MatchesSimpleExpression(field.Value, value(field.Key), ignoreCase: false));
}
