using PatchOperator.Api;

namespace PatchOperator.Engine.Facts;

/// <summary>How a finished Job's containers ended, in the order in which they ran up to the first that failed.</summary>
public sealed record ImageJobReport
{
    public required ImageJobEnd End { get; init; }

    /// <summary>The container that ended it: <c>pull</c>, <c>build</c>, <c>test</c>, <c>scan</c> or <c>report</c>.</summary>
    public required string Step { get; init; }

    public required string Reason { get; init; }

    public required string Message { get; init; }

    /// <summary>The image's digest; null unless the end is <see cref="ImageJobEnd.Done"/>.</summary>
    public string? Digest { get; init; }

    /// <summary>Its tag, or its file's name without the extension.</summary>
    public string? Version { get; init; }

    public string? PatchLevel { get; init; }

    public int? Packages { get; init; }

    public PendingCount? Pending { get; init; }

    public IReadOnlyList<string> PendingNames { get; init; } = [];

    public IReadOnlyList<string> BlockedNames { get; init; } = [];

    public int? Incomplete { get; init; }

    public IReadOnlyList<string> IncompleteNames { get; init; } = [];

    /// <summary>For each run whose updates were looked for, by UID: how many are missing, and some of their names.</summary>
    public IReadOnlyDictionary<string, (int Missing, IReadOnlyList<string> Names)> Expected { get; init; } =
        new Dictionary<string, (int, IReadOnlyList<string>)>();

    public IReadOnlyList<ImageTestResult> Tests { get; init; } = [];
}
