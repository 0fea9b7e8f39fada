namespace PatchOperator.Agent.Packages;

/// <summary>What archives offer of a package.</summary>
/// <param name="HasPlanned">Whether the planned version is among it.</param>
/// <param name="Candidate">What the package manager would install; null when there is none.</param>
internal readonly record struct PackageOffer(bool HasPlanned, string? Candidate);
