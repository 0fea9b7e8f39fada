namespace PatchOperator.Metrics;

/// <summary>Where metrics are pushed to, as a person writes it.</summary>
internal static class OtlpEndpoint
{
    /// <returns>Null for nothing given, which means nowhere.</returns>
    public static Uri? Parse(string? text) => string.IsNullOrEmpty(text) ? null : new Uri(text);

    /// <returns>What is wrong with it, or null.</returns>
    public static string? Validate(string? text) =>
        string.IsNullOrEmpty(text)
            || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { Query: "", Fragment: "" })
            ? null
            : $"'{text}' is not an address like http://collector:4318";
}
