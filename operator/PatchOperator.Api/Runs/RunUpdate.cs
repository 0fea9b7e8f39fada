namespace PatchOperator.Api;

/// <summary>A package and the version that a run brings to its nodes: the same for the first and for the last.</summary>
public sealed record RunUpdate
{
    /// <summary>The distribution and release it is for, such as <c>debian-12</c>.</summary>
    public string? OsFamily { get; init; }

    /// <summary>The package manager's name of the architecture it is for, such as <c>amd64</c>: a version may exist for one alone.</summary>
    public string? Architecture { get; init; }

    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>The packages that nodes lose for it, in the order of names; absent where none does.</summary>
    public List<string>? Removes { get; init; }

    public bool Equals(RunUpdate? other) =>
        other is not null && (OsFamily, Architecture, Name, Version) == (other.OsFamily, other.Architecture, other.Name, other.Version)
        && (Removes ?? []).SequenceEqual(other.Removes ?? []);

    public override int GetHashCode() => HashCode.Combine(OsFamily, Architecture, Name, Version);
}
