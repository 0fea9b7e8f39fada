namespace PatchOperator.Engine;

/// <summary>Text of any length, from agents and API servers, made to fit a status.</summary>
internal static class Text
{
    /// <summary>The most characters that the schema allows a message.</summary>
    public const int MaxLength = 1024;

    /// <summary>The text, cut where it is too long: a status that the API server refuses would stop everything.</summary>
    public static string Fit(string text) => text.Length <= MaxLength ? text : text[..(MaxLength - 1)] + "…";
}
