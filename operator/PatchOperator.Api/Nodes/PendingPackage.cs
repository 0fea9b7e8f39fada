using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>An update that the package manager of a node would install.</summary>
public sealed record PendingPackage
{
    public string Name { get; init; } = "";

    /// <summary>Absent for a dependency that an update brings in anew.</summary>
    public string? Installed { get; init; }

    public string Candidate { get; init; } = "";

    public bool Security { get; init; }

    /// <summary>How bad the worst is that it mends; absent where the package manager does not know.</summary>
    public UpdateSeverity? Severity { get; init; }

    /// <summary>The advisories that it settles, at most ten; absent where the package manager knows none.</summary>
    public List<string>? Advisories { get; init; }

    /// <summary>The vulnerabilities that it mends, at most twenty; absent where the package manager knows none.</summary>
    public List<string>? Cves { get; init; }

    /// <summary>On hold by an administrator: reported, never approved.</summary>
    public bool Held { get; init; }

    /// <summary>
    /// Why it cannot be installed: reported, and never approved unless the policy lets go what it <see cref="Removes"/>. Absent when it can.
    /// </summary>
    public string? Blocked { get; init; }

    /// <summary>Whether all that blocks it is that its maker gives it to other machines first; absent where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Phased { get; init; }

    /// <summary>The packages that would have to go for it, if that is all that blocks it; absent where it is not.</summary>
    public List<string>? Removes { get; init; }

    /// <summary>What becomes of it; absent before a policy has told.</summary>
    public UpdateState? State { get; init; }

    /// <summary>When it is approved, of one that is <see cref="UpdateState.Deferred"/>.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// When an update of the package, or the first that is of security, was first seen: on the node or, where approvals wait, on any of its policy.
    /// </summary>
    public DateTimeOffset FirstSeen { get; init; }
}
