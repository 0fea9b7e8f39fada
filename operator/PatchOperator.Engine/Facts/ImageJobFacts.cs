using PatchOperator.Api;

namespace PatchOperator.Engine.Facts;

/// <summary>What the engine needs to know of a Job of an ImageBaseline.</summary>
public sealed record ImageJobFacts
{
    public required string Name { get; init; }

    public bool Finished { get; init; }

    public bool TimedOut { get; init; }

    /// <summary>What keeps the pod from starting, or how it ended, in words.</summary>
    public string? Problem { get; init; }

    /// <summary>What the Job's containers said; null while it is not finished, or when nothing valid is left of it.</summary>
    public ImageJobReport? Report { get; init; }
}

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

    /// <summary>For each run whose updates were looked for, by UID: how many are missing, and some of their names.</summary>
    public IReadOnlyDictionary<string, (int Missing, IReadOnlyList<string> Names)> Expected { get; init; } =
        new Dictionary<string, (int, IReadOnlyList<string>)>();

    public IReadOnlyList<ImageTestResult> Tests { get; init; } = [];
}

/// <summary>What follows from the way a Job ended.</summary>
public enum ImageJobEnd
{
    Done,

    /// <summary>The recipe, or what came of it, is at fault: no new attempt before somebody changes something.</summary>
    BadRecipe,

    /// <summary>Something was away that comes back.</summary>
    TryAgain,
}
