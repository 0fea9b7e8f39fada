namespace PatchOperator.Contract.Images;

/// <summary>An image of the repository or the volume that the operator knows already.</summary>
public sealed record KnownImage(string Digest, string Version);
