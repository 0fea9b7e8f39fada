namespace PatchOperator.Contract;

/// <summary>One package at one version, approved for installation. Two are the same if these are, whatever may go for them.</summary>
/// <param name="Name">The package's name; a foreign architecture is part of it, as in <c>libc6:i386</c>.</param>
/// <param name="Version">The exact version.</param>
public sealed record ApprovedUpdate(string Name, string Version)
{
    /// <summary>The names of packages that may be removed for it; null where none may.</summary>
    public IReadOnlyList<string>? Removes { get; init; }

    public bool Equals(ApprovedUpdate? other) => other is not null && (Name, Version) == (other.Name, other.Version);

    public override int GetHashCode() => HashCode.Combine(Name, Version);
}
