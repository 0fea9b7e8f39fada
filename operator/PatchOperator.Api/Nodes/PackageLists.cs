namespace PatchOperator.Api;

/// <summary>What the node's package manager knows of the archives: without it, "nothing is pending" means nothing.</summary>
public sealed record PackageLists
{
    /// <summary>Whether the package indexes of every configured archive are there, and at least one archive is configured.</summary>
    public bool Complete { get; init; }

    /// <summary>When they were last refreshed, the oldest counts. Absent when there are none.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>Why they are not complete. Absent when they are.</summary>
    public string? Message { get; init; }
}
