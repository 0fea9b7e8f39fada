using System.Text.Json.Serialization;

namespace PatchOperator.Api;

public sealed record ImageBaselineStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    /// <summary>What the spec's recipe amounts to; images built from equal hashes were built alike.</summary>
    public string? InputsHash { get; init; }

    /// <summary>The image that new nodes should start from.</summary>
    public BuiltImage? Current { get; init; }

    /// <summary>A verified image that waits for its promotion.</summary>
    public BuiltImage? Candidate { get; init; }

    /// <summary>The Job under way, or the next try of one that failed; written before the Job is made.</summary>
    public ImageJob? Job { get; init; }

    /// <summary>How many builds and scans were begun; numbers their Jobs.</summary>
    public int JobsBegun { get; init; }

    public LastBuild? LastBuild { get; init; }

    public LastScan? LastScan { get; init; }

    /// <summary>Images that are or were current, newest first.</summary>
    public List<ImageRecord> History { get; init; } = [];

    /// <summary>Images that were built and never promoted, newest first.</summary>
    public List<RejectedImage> Rejected { get; init; } = [];

    public ImageNodeCounts? Nodes { get; init; }

    /// <summary>What runs of the policies in triggers.onPolicies installed, and how much of it the newest image lacks; newest first.</summary>
    public List<RunCoverage> Runs { get; init; } = [];

    public NextBuild? NextBuild { get; init; }
}

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

    public DateTimeOffset? ScannedAt { get; init; }
}

/// <summary>A build or a scan. Number and attempt, with the inputs, name its Job.</summary>
public sealed record ImageJob
{
    public ImageJobKind Kind { get; init; }

    public int Number { get; init; }

    public int Attempt { get; init; }

    public string Name { get; init; } = "";

    public BuildTrigger? Trigger { get; init; }

    /// <summary>What is built, see <see cref="ImageBaselineStatus.InputsHash"/>.</summary>
    public string? InputsHash { get; init; }

    /// <summary>Scan: the digest of the image that is scanned.</summary>
    public string? Digest { get; init; }

    /// <summary>UIDs of the runs whose updates are looked for.</summary>
    public List<string> Runs { get; init; } = [];

    /// <summary>Digests of images in a volume that the build deletes once the new one is there.</summary>
    public List<string> Superfluous { get; init; } = [];

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the next attempt starts, after one that failed for a reason that passes.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Message { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ImageJobKind>))]
public enum ImageJobKind
{
    Build,
    Scan,
}

/// <summary>Why an image is built.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BuildTrigger>))]
public enum BuildTrigger
{
    /// <summary>There is none yet.</summary>
    Initial,

    /// <summary>Source, recipe, builder, output or tests were changed.</summary>
    SpecChanged,

    /// <summary>A person asked.</summary>
    Manual,

    /// <summary>The current image was revoked.</summary>
    Revoked,

    /// <summary>A run has installed updates on nodes that the image lacks.</summary>
    LiveDrift,

    /// <summary>Updates are pending in the image.</summary>
    PendingUpdates,

    /// <summary>The schedule's time came.</summary>
    Schedule,

    /// <summary>A window opened.</summary>
    Window,

    /// <summary>The image grew too old.</summary>
    MaxAge,
}

public sealed record LastBuild
{
    public int Number { get; init; }

    /// <summary>The last Job that tried it.</summary>
    public string Job { get; init; } = "";

    public BuildTrigger Trigger { get; init; }

    public string InputsHash { get; init; } = "";

    /// <summary>The generation of the spec that it was built from.</summary>
    public long Generation { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>The digest of what it built; absent when it built nothing.</summary>
    public string? Digest { get; init; }

    public List<ImageTestResult> Tests { get; init; } = [];

    /// <summary>Why it built nothing, or nothing that may be promoted.</summary>
    public BuildFailure? Failure { get; init; }
}

/// <summary>The last look into an image, as a part of its build or in a Job of its own.</summary>
public sealed record LastScan
{
    public string Digest { get; init; } = "";

    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>Why nothing is known now of what the image lacks.</summary>
    public BuildFailure? Failure { get; init; }
}

public sealed record ImageTestResult
{
    public string Name { get; init; } = "";

    public bool Passed { get; init; }

    public string? Message { get; init; }
}

public sealed record BuildFailure
{
    /// <summary><c>build</c>, <c>test</c>, <c>scan</c>, <c>report</c> or <c>gate</c>.</summary>
    public string Step { get; init; } = "";

    /// <summary>A constant of <see cref="Reasons"/>.</summary>
    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";
}

public sealed record ImageRecord
{
    public string Digest { get; init; } = "";

    public string Version { get; init; } = "";

    public DateTimeOffset BuiltAt { get; init; }

    public DateTimeOffset PromotedAt { get; init; }

    public ImageState State { get; init; }

    /// <summary>Live nodes that came from it.</summary>
    public int Nodes { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ImageState>))]
public enum ImageState
{
    /// <summary>The current image.</summary>
    Active,

    /// <summary>Was current before.</summary>
    Deprecated,

    /// <summary>Must not run any more.</summary>
    Revoked,
}

public sealed record RejectedImage
{
    public string Digest { get; init; } = "";

    public string Version { get; init; } = "";

    public DateTimeOffset BuiltAt { get; init; }

    /// <summary>A constant of <see cref="Reasons"/>.</summary>
    public string Reason { get; init; } = "";
}

public sealed record ImageNodeCounts
{
    public int Total { get; init; }

    public int OnCurrent { get; init; }

    /// <summary>Came from an image that was current before.</summary>
    public int Outdated { get; init; }

    /// <summary>Say nothing of their image, or name one that this baseline does not know.</summary>
    public int Unknown { get; init; }

    /// <summary>Of the outdated, those that came from a revoked image.</summary>
    public int OnRevoked { get; init; }

    /// <summary>OnCurrent of total, as in <c>2/3</c>.</summary>
    public string Summary { get; init; } = "";
}

public sealed record RunCoverage
{
    public string Run { get; init; } = "";

    [JsonPropertyName("runUID")]
    public string RunUid { get; init; } = "";

    /// <summary>The image that was looked into; absent: none yet.</summary>
    public string? Digest { get; init; }

    /// <summary>How many of the run's updates it lacks.</summary>
    public int Missing { get; init; }

    /// <summary>Some of them, at most five.</summary>
    public List<string> Names { get; init; } = [];

    /// <summary>Whether the current image is known to have everything that the run has installed.</summary>
    public bool InCurrent { get; init; }
}

public sealed record NextBuild
{
    public DateTimeOffset At { get; init; }

    public BuildTrigger Trigger { get; init; }
}
