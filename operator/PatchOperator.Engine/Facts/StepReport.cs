using PatchOperator.Api;

namespace PatchOperator.Engine.Facts;

/// <summary>A Job's report, valid by its hash or, when its details are gone, its summary alone.</summary>
public sealed record StepReport
{
    /// <summary>Whether the step did, or found done, what was asked.</summary>
    public required bool Succeeded { get; init; }

    public required string Reason { get; init; }

    public required string Message { get; init; }

    /// <summary>False when only the summary could be read.</summary>
    public bool HasDetails { get; init; } = true;

    /// <summary>The host, without the UID and the boot ID, which only the cluster knows; null without details.</summary>
    public NodeIdentity? Host { get; init; }

    /// <summary>Null when it could not be found out, as for the next five.</summary>
    public int? Packages { get; init; }

    public string? PatchLevel { get; init; }

    public PendingCount? PendingCount { get; init; }

    public int? IncompleteCount { get; init; }

    public PackageLists? Lists { get; init; }

    public bool? RebootRequired { get; init; }

    public IReadOnlyList<string> RebootBecause { get; init; } = [];

    /// <summary>All of them, without details none by name; null where it could not be found out.</summary>
    public OutdatedServices? OutdatedServices { get; init; }

    /// <summary>Packages that are not whole; null without details.</summary>
    public IReadOnlyList<IncompletePackage>? Incomplete { get; init; }

    /// <summary>Without the times they were first seen, which the report cannot know; null without details.</summary>
    public IReadOnlyList<PendingPackage>? Pending { get; init; }

    public IReadOnlyList<ChangedPackage> Changed { get; init; } = [];

    /// <summary>What was kept for a rollback; null where nothing was asked to be.</summary>
    public KeptPackages? Kept { get; init; }

    /// <summary>Why a scan could not download what it was to; null where it could, and without details.</summary>
    public string? StagingFailure { get; init; }

    /// <summary>Services that were restarted.</summary>
    public IReadOnlyList<string> Restarted { get; init; } = [];

    public IReadOnlyList<SubstitutedVersion> Substituted { get; init; } = [];
}
