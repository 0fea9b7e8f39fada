namespace PatchOperator.Contract;

/// <summary>A package that a step changed on the host.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="From">The version before; empty when it was not installed.</param>
/// <param name="To">The version after; empty when it was removed.</param>
public sealed record ChangedPackage(string Name, string From, string To);
