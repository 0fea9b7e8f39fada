using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace PatchOperator.Contract.Grammars;

/// <summary>What tags and digests look like, by the OCI distribution specification, "Pulling manifests", and the image specification, "Digests".</summary>
public static partial class OciSyntax
{
    /// <summary>Whether <paramref name="text"/> is a tag.</summary>
    public static bool IsTag([NotNullWhen(true)] string? text) => text is not null && Tag().IsMatch(text);

    /// <summary>Whether <paramref name="text"/> is a digest of the one algorithm that every registry has, sha256.</summary>
    public static bool IsDigest([NotNullWhen(true)] string? text) => text is not null && Digest().IsMatch(text);

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
