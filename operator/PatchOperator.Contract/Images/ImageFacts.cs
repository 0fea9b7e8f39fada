namespace PatchOperator.Contract.Images;

/// <summary>An image as it was published.</summary>
/// <param name="Digest">The manifest's digest or, in a volume, the file's: <c>sha256:…</c>.</param>
/// <param name="Version">Its tag, or its file's name without the extension.</param>
/// <param name="Size">Bytes, compressed where the format compresses.</param>
public sealed record ImageFacts(string Digest, string Version, long Size);
