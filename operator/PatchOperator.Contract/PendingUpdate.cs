using System.Text.Json.Serialization;

namespace PatchOperator.Contract;

/// <summary>A version that an archive offers above the one installed.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Installed">The installed version; empty for a dependency that an update brings in anew.</param>
/// <param name="Candidate">The version that would be installed or, of a blocked one, the version that it should be.</param>
/// <param name="Security">Whether the candidate, or a version between, comes from a security archive, or is needed by one that does.</param>
/// <param name="Held">Whether an administrator has put the package on hold: it is reported, never approved, never touched.</param>
/// <param name="Blocked">
/// Why an upgrade would not install it, in words; null when it would. What is blocked is never approved, but for what is <see cref="Phased"/> or has
/// <see cref="Removes"/>.
/// </param>
public sealed record PendingUpdate(string Name, string Installed, string Candidate, bool Security, bool Held, string? Blocked = null)
{
    /// <summary>How bad the worst is that it mends; null where the package manager does not know.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Whether all that blocks it is that its maker gives it to other hosts first: a patch step that is asked for it installs it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Phased { get; init; }

    /// <summary>
    /// The names of packages that would have to go for it to be installed, in their order, if that is all that blocks it: a patch step that is asked for it
    /// with these installs it. Null where that is not so.
    /// </summary>
    public IReadOnlyList<string>? Removes { get; init; }

    /// <summary>The IDs of the <see cref="AgentReport.Advisories"/> that it settles; null where the package manager knows none.</summary>
    public IReadOnlyList<string>? Advisories { get; init; }

    /// <summary>Whether the package manager would install it when asked to upgrade.</summary>
    [JsonIgnore]
    public bool Installable => !Held && Blocked is null;
}
