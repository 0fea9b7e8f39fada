using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>An image in the workspace.</summary>
/// <param name="Digest">What it has, or will have, where it is kept.</param>
/// <param name="Size">See <see cref="ImageFacts.Size"/>.</param>
/// <param name="KeepAsync">Puts it there under a version, reads it back, and returns where that is, for a person.</param>
internal sealed record FoundImage(string Digest, long Size, Func<string, CancellationToken, Task<string>> KeepAsync);
