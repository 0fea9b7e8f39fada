namespace PatchOperator.Api;

/// <summary>An image that was built and passed its tests and its gate: the current one, or the candidate.</summary>
public sealed record BuiltImage
{
    /// <summary>Repository and digest, or the file in the volume and its digest.</summary>
    public string Reference { get; init; } = "";

    public string Digest { get; init; } = "";

    /// <summary>Its tag, or its file's name without the extension.</summary>
    public string Version { get; init; } = "";

    public string InputsHash { get; init; } = "";

    public DateTimeOffset BuiltAt { get; init; }

    /// <summary>sha256 of its sorted package list, comparable with that of a node.</summary>
    public string? PatchLevel { get; init; }

    public int? Packages { get; init; }

    /// <summary>Updates that were pending in it when it was last scanned; absent: that is not known.</summary>
    public PendingCount? Pending { get; init; }

    /// <summary>Names of some of them, security updates first, at most ten.</summary>
    public List<string> PendingNames { get; init; } = [];

    /// <summary>Names of updates that cannot be installed in it, security updates first, at most ten.</summary>
    public List<string> BlockedNames { get; init; } = [];

    /// <summary>How many packages in it are not whole; absent: that is not known.</summary>
    public int? Incomplete { get; init; }

    /// <summary>Names of some of them, at most ten.</summary>
    public List<string> IncompleteNames { get; init; } = [];

    public DateTimeOffset? ScannedAt { get; init; }
}
