namespace PatchOperator.Contract;

/// <summary>An update that the host's package manager would install.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Installed">The installed version; empty for a dependency that an update brings in anew.</param>
/// <param name="Candidate">The version that would be installed.</param>
/// <param name="Security">Whether the candidate, or a version between, comes from a security archive, or is needed by one that does.</param>
/// <param name="Held">Whether an administrator has put the package on hold: it is reported, never approved, never touched.</param>
public sealed record PendingUpdate(string Name, string Installed, string Candidate, bool Security, bool Held);
