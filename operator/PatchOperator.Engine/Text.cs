namespace PatchOperator.Engine;

/// <summary>Text of any length, from agents and API servers, made to fit a status.</summary>
internal static class Text
{
    /// <summary>The most characters that the schema allows a message.</summary>
    public const int MaxLength = Api.Limits.Message;

    /// <summary>
    /// The text, cut where it is too long: a status that the API server refuses would stop everything. What steers a terminal becomes a blank, as anybody may
    /// have written it.
    /// </summary>
    public static string Fit(string text)
    {
        var cut = text.Length <= MaxLength ? text : text[..(MaxLength - 1)] + "…";
        return cut.Any(IsControl) ? string.Concat(cut.Select(character => IsControl(character) ? ' ' : character)) : cut;
    }

    private static bool IsControl(char character) => char.IsControl(character) && character != '\n';
}
