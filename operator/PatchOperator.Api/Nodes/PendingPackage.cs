namespace PatchOperator.Api;

/// <summary>An update that the package manager of a node would install.</summary>
public sealed record PendingPackage
{
    public string Name { get; init; } = "";

    /// <summary>Absent for a dependency that an update brings in anew.</summary>
    public string? Installed { get; init; }

    public string Candidate { get; init; } = "";

    public bool Security { get; init; }

    /// <summary>On hold by an administrator: reported, never approved.</summary>
    public bool Held { get; init; }

    /// <summary>Why it cannot be installed: reported, never approved. Absent when it can.</summary>
    public string? Blocked { get; init; }

    public DateTimeOffset FirstSeen { get; init; }
}
