namespace PatchOperator.Api;

/// <summary>What was changed on nodes of a record that had the same software before and after.</summary>
public sealed record RecordedChange
{
    /// <summary>The patch level when the turn began; absent where it was not known.</summary>
    public string? PatchLevelBefore { get; init; }

    /// <summary>The patch level when the turn ended; absent where it was not found out.</summary>
    public string? PatchLevelAfter { get; init; }

    /// <summary>The packages, at most a hundred.</summary>
    public List<ChangedPackage> Packages { get; init; } = [];

    /// <summary>What of it was installed at another version than planned, at most a hundred; absent where nothing was.</summary>
    public List<SubstitutedVersion>? Substituted { get; init; }
}
