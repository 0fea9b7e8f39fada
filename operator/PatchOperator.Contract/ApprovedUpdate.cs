namespace PatchOperator.Contract;

/// <summary>One package at one version, approved for installation.</summary>
/// <param name="Name">The package's name; a foreign architecture is part of it, as in <c>libc6:i386</c>.</param>
/// <param name="Version">The exact version.</param>
public sealed record ApprovedUpdate(string Name, string Version);
