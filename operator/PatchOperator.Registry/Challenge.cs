using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace PatchOperator.Registry;

/// <summary>How a registry asks for a login: a WWW-Authenticate header of RFC 9110, section 11.6.1.</summary>
/// <param name="Scheme">In lower case, such as <c>bearer</c>.</param>
/// <param name="Parameters">By name in lower case.</param>
internal sealed partial record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public const string Basic = "basic";
    public const string Bearer = "bearer";

    public static Challenge Parse(AuthenticationHeaderValue header)
    {
        var parameters = new Dictionary<string, string>();
        foreach (Match match in Parameter().Matches(header.Parameter ?? ""))
            parameters[match.Groups["name"].Value.ToLowerInvariant()] = match.Groups["quoted"] is { Success: true } quoted
                ? Escape().Replace(quoted.Value, "$1")
                : match.Groups["plain"].Value;
        return new Challenge(header.Scheme.ToLowerInvariant(), parameters);
    }

    [GeneratedRegex("""(?<name>[a-zA-Z_-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s,"]+))""")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
