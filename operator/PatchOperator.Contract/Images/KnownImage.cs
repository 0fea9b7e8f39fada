namespace PatchOperator.Contract.Images;

public sealed record KnownImage(string Digest, string Version);
