using System.Security.Cryptography;

namespace PatchOperator.Registry;

/// <summary>Digests of content: <c>sha256:</c> and 64 hexadecimal digits.</summary>
public static class Digests
{
    /// <summary>The digest of <paramref name="content"/>.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Write(SHA256.HashData(content));

    /// <summary>The digest of what is left in <paramref name="content"/>.</summary>
    public static async Task<string> OfAsync(Stream content, CancellationToken cancellationToken) =>
        Write(await SHA256.HashDataAsync(content, cancellationToken));

    internal static string Write(ReadOnlySpan<byte> hash) => "sha256:" + Convert.ToHexStringLower(hash);
}
