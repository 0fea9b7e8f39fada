using System.Text.Json.Serialization;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry;

/// <summary>What a manifest says of something: https://github.com/opencontainers/image-spec/blob/main/descriptor.md.</summary>
/// <param name="MediaType">Its kind.</param>
/// <param name="Digest"><c>sha256:…</c></param>
/// <param name="Size">Bytes.</param>
public sealed record OciDescriptor(string MediaType, string Digest, long Size)
{
    [JsonIgnore]
    internal bool Valid => MediaType is { Length: > 0 } && Size >= 0 && OciSyntax.IsDigest(Digest);
}
