namespace PatchOperator.Contract;

/// <summary>What is kept on a host so that a rollback can bring it back.</summary>
/// <param name="Packages">How many packages.</param>
/// <param name="Bytes">What they take on the disk.</param>
/// <param name="Without">The names of packages that are replaced and cannot be kept: a rollback needs an archive that still has them.</param>
public sealed record KeptFacts(int Packages, long Bytes, IReadOnlyList<string> Without);
